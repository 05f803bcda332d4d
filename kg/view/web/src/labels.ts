// Which labels are drawn, and where: the most important first, each at the first of four places that is free.
export interface Box { x: number; y: number; w: number; h: number }
export interface Wish { id: number; x: number; y: number; r: number; text: string; width: number; height: number; font: number; must: boolean }
export interface Placed extends Box { id: number; text: string; font: number }

const CELL = 64;

class Grid {
  private readonly cells = new Map<number, Box[]>();

  private *around(box: Box): Generator<number> {
    for (let i = Math.floor(box.x / CELL); i <= Math.floor((box.x + box.w) / CELL); i++) {
      for (let j = Math.floor(box.y / CELL); j <= Math.floor((box.y + box.h) / CELL); j++) yield i * 100003 + j;
    }
  }

  free(box: Box): boolean {
    for (const key of this.around(box)) {
      for (const other of this.cells.get(key) ?? []) if (overlap(box, other)) return false;
    }
    return true;
  }

  add(box: Box): void {
    for (const key of this.around(box)) {
      const list = this.cells.get(key);
      if (list) list.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Wishes in order of importance; ``nodes`` are discs (as boxes) that labels of others should not cover. */
export function place(wishes: Wish[], nodes: Wish[], bounds: Box, taken: Box[] = []): Placed[] {
  const grid = new Grid();
  for (const box of taken) grid.add(box);
  const discs = new Map<number, Box>();
  for (const node of nodes) {
    const box = { x: node.x - node.r, y: node.y - node.r, w: 2 * node.r, h: 2 * node.r };
    discs.set(node.id, box);
    grid.add(box);
  }
  const placed: Placed[] = [];
  for (const wish of wishes) {
    const { x, y, r, width: w, height: h } = wish;
    const inner = Math.min(Math.max(x - w / 2, bounds.x), bounds.x + bounds.w - w); // at the rim, pushed inside
    const middle = inner <= x && x <= inner + w ? inner : x - w / 2;
    const spots: Box[] = [
      { x: middle, y: y + r + 1, w, h },
      { x: x + r + 2, y: y - h / 2, w, h },
      { x: x - r - 2 - w, y: y - h / 2, w, h },
      { x: middle, y: y - r - 1 - h, w, h },
    ];
    const inside = (box: Box) =>
      box.x >= bounds.x && box.y >= bounds.y && box.x + w <= bounds.x + bounds.w && box.y + h <= bounds.y + bounds.h;
    const spot = spots.find((box) => inside(box) && grid.free(box)) ?? (wish.must ? spots[0] : undefined);
    if (!spot) continue;
    grid.add(spot);
    placed.push({ ...spot, id: wish.id, text: wish.text, font: wish.font });
  }
  return placed;
}
