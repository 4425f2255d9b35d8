/**
 * Bundles a TypeScript module, named by its path from the root of the repository, and imports it. `instead` names modules
 * that others stand in for, wherever they are imported but in those others.
 */
export declare function importBundled<Module>(
  entry: string,
  instead?: Readonly<Record<string, string>>,
): Promise<Module>;
