// Offsets of the payload count code points; strings of JavaScript count UTF-16 units. All conversion is here.
export class Text {
  private readonly units: Uint32Array | null;

  constructor(readonly raw: string) {
    this.units = /[\ud800-\udbff]/.test(raw) ? unitOffsets(raw) : null;
  }

  /** Characters [start, end), counted in code points. */
  slice(start: number, end: number): string {
    return this.units ? this.raw.slice(this.units[start], this.units[end]) : this.raw.slice(start, end);
  }

  get length(): number {
    return this.units ? this.units.length - 1 : this.raw.length;
  }

  /** The sentence around a span: from the stop before it to the stop after it, or the line's ends. */
  sentence(start: number, end: number): [number, number] {
    let from = start;
    while (from > 0 && !STOP.test(this.slice(from - 1, from))) from--;
    let to = end;
    if (!STOP.test(this.slice(end - 1, end))) {
      while (to < this.length && !STOP.test(this.slice(to, to + 1))) to++;
      if (to < this.length && this.slice(to, to + 1) !== "\n") to++;
    }
    while (from < start && /\s/.test(this.slice(from, from + 1))) from++;
    return [from, to];
  }
}

const STOP = /[。!?;!?;\n]/;

function unitOffsets(raw: string): Uint32Array {
  const offsets: number[] = [];
  let at = 0;
  for (const char of raw) {
    offsets.push(at);
    at += char.length;
  }
  offsets.push(at);
  return Uint32Array.from(offsets);
}

export interface Span<T> { start: number; end: number; value: T }
export interface Segment<T> { start: number; end: number; values: T[] }

/** Cut [from, to) where any span begins or ends: each piece with the values of all spans that cover it. */
export function segments<T>(from: number, to: number, spans: Span<T>[]): Segment<T>[] {
  const inside = spans.filter((span) => span.start < to && span.end > from && span.end > span.start);
  const cuts = new Set<number>([from, to]);
  for (const span of inside) {
    cuts.add(Math.max(span.start, from));
    cuts.add(Math.min(span.end, to));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  const found: Segment<T>[] = [];
  for (let i = 0; i + 1 < ordered.length; i++) {
    const [start, end] = [ordered[i], ordered[i + 1]];
    const values = inside.filter((span) => span.start <= start && span.end >= end).map((span) => span.value);
    found.push({ start, end, values });
  }
  return found;
}
