import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { type Files, SCENARIO_SIZE_LIMIT } from './files.js';

/** The files of the machine. No call throws: what cannot be read is said in the answer. */
export const nodeFiles: Files = {
  read: (path): ReturnType<Files['read']> => {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      return { failure: isMissing(error) ? 'missing' : 'unreadable' };
    }
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) return { failure: 'unreadable' };
      return stats.size > SCENARIO_SIZE_LIMIT
        ? { failure: 'too-large' }
        : { bytes: new Uint8Array(readFileSync(file)) };
    } catch {
      return { failure: 'unreadable' };
    } finally {
      closeSync(file);
    }
  },
  resolve: (from, path) => (isAbsolute(path) ? path : normalize(join(dirname(from), path))),
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
