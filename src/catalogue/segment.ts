/**
 * Where a condition key's value comes from decides when it can be prepared: once per principal, per network path,
 * per resource, or for each call.
 */
export type Segment = 'principal' | 'network' | 'resource' | 'call';
