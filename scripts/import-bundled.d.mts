/** Bundles a TypeScript module, named by its path from the root of the repository, and imports it. */
export declare function importBundled<Module>(entry: string): Promise<Module>;
