import { createColors } from 'picocolors';

/** Colours and marks of the terminal report. Without colour every style gives its text back. */
export interface Style {
  readonly width: number;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly lost: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly name: (text: string) => string;
}

const WIDEST = 100;
const NARROWEST = 60;

export function styleFor(colours: boolean, columns: number | undefined): Style {
  const paint = createColors(colours);
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns ?? WIDEST)),
    good: paint.green,
    bad: paint.red,
    lost: paint.yellow,
    quiet: paint.dim,
    strong: paint.bold,
    name: paint.cyan,
  };
}
