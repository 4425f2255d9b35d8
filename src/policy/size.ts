import type { PolicySizeQuota } from '../catalogue/quotas.js';
import type { SourceNode } from '../syntax/source.js';
import type { PolicyTypeRules } from './policy-types.js';
import { complain, type Element, type Reader } from './reader.js';
import type { JsonText } from './text-of.js';

const UNITS: Readonly<Record<PolicySizeQuota['unit'], string>> = {
  bytes: 'bytes',
  characters: 'characters',
  charactersWithoutWhiteSpace: 'characters, white space not counted',
};

/**
 * Tells of a document larger than AWS stores. A text that is JSON and nothing else counts as written; a policy in YAML,
 * inside another document or without text counts as its shortest JSON, so that no warning is given in vain.
 * Pages: IAM and AWS STS quotas, and the quota pages of Organizations, KMS and SQS.
 */
export function checkSize(
  reader: Reader,
  root: Element,
  { size: quota, title, page }: PolicyTypeRules,
  json: JsonText | undefined,
): void {
  if (quota === undefined) return;
  // A UTF-16 unit is three bytes at most.
  if (json !== undefined && json.text.length <= quota.limit / (json.plain ? 1 : 3)) return;
  const size = json === undefined ? nodeSize(root.node, quota.unit) : textSize(json.text, quota.unit);
  if (size <= quota.limit) return;
  complain(reader, root, {
    code: 'quota',
    severity: 'warning',
    message: `${title} of ${size} ${UNITS[quota.unit]} is larger than AWS stores`,
    expected: `at most ${quota.limit} ${UNITS[quota.unit]}`,
    docs: page,
  });
}

function nodeSize(node: SourceNode, unit: PolicySizeQuota['unit']): number {
  switch (node.kind) {
    case 'object': {
      let size = 2 + Math.max(0, node.members.length - 1);
      for (const { key, value } of node.members) size += quotedSize(key, unit) + 1 + nodeSize(value, unit);
      return size;
    }
    case 'array': {
      let size = 2 + Math.max(0, node.items.length - 1);
      for (const item of node.items) size += nodeSize(item, unit);
      return size;
    }
    case 'string':
      return quotedSize(node.value, unit);
    case 'number':
      return node.raw.length;
    case 'boolean':
      return String(node.value).length;
    case 'null':
      return 4;
    case 'unresolved':
      return 0;
  }
}

/** Nearly every text is quoted as it is. */
function quotedSize(text: string, unit: PolicySizeQuota['unit']): number {
  const plain = !/[^!#-[\]-~]/.test(text);
  return plain ? text.length + 2 : textSize(JSON.stringify(text), unit);
}

function textSize(text: string, unit: PolicySizeQuota['unit']): number {
  if (unit === 'characters') return text.length;
  let size = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (unit === 'charactersWithoutWhiteSpace') size += isWhiteSpace(code) ? 0 : 1;
    else if (code < 0x80) size += 1;
    else if (code < 0x800) size += 2;
    // Each half of a surrogate pair is two of its four bytes.
    else size += code >= 0xd800 && code <= 0xdfff ? 2 : 3;
  }
  return size;
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
