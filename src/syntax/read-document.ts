import { checkEncoding } from './encoding.js';
import { type ReadText, scanJson } from './json-scanner.js';
import { placeOf } from './locate.js';
import type { Source } from './source.js';

/** How the text of a YAML document becomes a tree; given by whoever is ready to load a YAML parser. */
export type YamlReader = (source: Source) => ReadText;

/**
 * Reads a document as what its name says (`.json`, `.yaml`, `.yml`), and otherwise as JSON when it begins with `{` or
 * `[`, else as YAML. Without a YAML reader, YAML is an issue.
 */
export function readDocument(source: Source, readYaml?: YamlReader): ReadText {
  const fault = checkEncoding(source);
  if (fault !== undefined) return { issues: [fault] };
  const first = firstCharacter(source.text);
  if (first === undefined) {
    const at = placeOf(source, [], { from: 0, to: source.text.length });
    return { issues: [{ code: 'empty-file', severity: 'error', message: 'the document is empty', at }] };
  }
  if (isJson(source.name, first)) return scanJson(source);
  if (readYaml !== undefined) return readYaml(source);
  const at = placeOf(source, [], { from: 0, to: 0 });
  const message = 'the document is not JSON, and YAML is not read here';
  return { issues: [{ code: 'json-syntax', severity: 'error', message, expected: 'a JSON document', at }] };
}

function isJson(name: string, first: string): boolean {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'json') return true;
  if (ending === 'yaml' || ending === 'yml') return false;
  return first === '{' || first === '[';
}

function firstCharacter(text: string): string | undefined {
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (!' \t\r\n\ufeff'.includes(character)) return character;
  }
  return undefined;
}
