/** An ARN split at its first five colons. The resource part keeps any further colons and slashes. */
export interface Arn {
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** 12 digits, always text: a leading zero is part of it. */
export type AccountId = string;

/** Reads `arn:partition:service:region:account:resource`; `undefined` when it has fewer than six parts or another prefix. */
export function parseArn(text: string): Arn | undefined {
  const parts = splitArn(text);
  if (parts === undefined || parts[0] !== 'arn') return undefined;
  const [, partition, service, region, account, resource] = parts;
  return { text, partition, service, region, account, resource };
}

export type ArnParts = readonly [string, string, string, string, string, string];

/** The six parts between the first five colons; `undefined` when there are fewer. */
export function splitArn(text: string): ArnParts | undefined {
  const cuts: number[] = [];
  let from = 0;
  for (let i = 0; i < 5; i += 1) {
    const cut = text.indexOf(':', from);
    if (cut < 0) return undefined;
    cuts.push(cut);
    from = cut + 1;
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = cuts;
  return [
    text.slice(0, a),
    text.slice(a + 1, b),
    text.slice(b + 1, c),
    text.slice(c + 1, d),
    text.slice(d + 1, e),
    text.slice(e + 1),
  ];
}

export function isAccountId(text: string): boolean {
  if (text.length !== 12) return false;
  for (let i = 0; i < 12; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}
