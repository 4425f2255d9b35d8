/** A key id of AWS's shape, made from a name: the same name always gives the same id. FNV-1a, four times salted. */
export function madeUpKeyId(name: string): string {
  const words = [0, 1, 2, 3].map((salt) => hash(`${salt}:${name}`).toString(16).padStart(8, '0'));
  const hex = words.join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A grant id of AWS's shape: 64 hexadecimal digits. */
export function madeUpGrantId(name: string): string {
  return Array.from({ length: 8 }, (_, salt) => hash(`${salt}:${name}`).toString(16).padStart(8, '0')).join(
    '',
  );
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    value ^= value >>> 13;
  }
  return value >>> 0;
}
