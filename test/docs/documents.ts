import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow, ROOT } from '../architecture/source-files.js';

export { ROOT };

/** The documents that people read, by their path from the root of the repository. */
export const DOCUMENTS: readonly string[] = filesBelow(ROOT)
  .map((path) => relative(ROOT, path))
  .filter((path) => path.endsWith('.md'))
  .toSorted();

export function textOf(document: string): string {
  return readFileSync(join(ROOT, document), 'utf8');
}

/** The fenced blocks of one language in a text, in order. */
export function blocksOf(text: string, language: string): readonly string[] {
  const blocks: string[] = [];
  let open: { readonly wanted: boolean; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    if (open === undefined) {
      if (line.startsWith('```')) open = { wanted: line.slice(3).trim() === language, lines: [] };
    } else if (line === '```') {
      if (open.wanted) blocks.push(`${open.lines.join('\n')}\n`);
      open = undefined;
    } else open.lines.push(line);
  }
  return blocks;
}

/** The targets of a document's links, as paths from the root; addresses of the web left out. */
export function linksOf(document: string): readonly { readonly path: string; readonly anchor: string }[] {
  const prose = textOf(document).replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !target.startsWith('http'))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#', 2);
      return { path: path === '' ? document : join(dirname(document), path), anchor };
    });
}

/** The anchors that headings of a document have, as GitHub makes them. */
export function anchorsOf(document: string): ReadonlySet<string> {
  const headings = [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
