// The payload that kg/view/data.py and picture.py write.
export type Lang = "zh" | "en";
export type Kind = "Person" | "Organization" | "Place" | "Honour" | "Activity" | "Work" | "Group";
export type FactKind =
  | "award" | "post" | "measure" | "part-of" | "activity" | "coverage" | "assistance" | "cooperation" | "visit";
export type Spot = [doc: number, start: number, end: number, quote?: string];
export type Role = [role: string, entity: number, start: number, end: number];

export interface Doc {
  id: string;
  title?: string;
  subtitle?: string;
  publisher?: string;
  published?: string;
  period?: number;
  source?: string;
  text?: string;
  blocks?: [start: number, end: number, kind: string, section: number | null][];
  sections?: [start: number, end: number, number: string, heading: string, level: number][];
}

export interface Entity {
  key: string;
  kind: Kind;
  sub: string;
  label: string;
  labels?: string[];
  pinyin?: string;
  py?: string;
  code?: string;
  codes?: string[];
  level?: string;
  merges?: [text: string, rule: string, score: number][];
  at?: [lat: number, lon: number];
  near?: string; // the level of the division whose point it is, 'parent' for that of what it belongs to
  spots?: [doc: number, start: number, end: number][];
  group: string;
  weight: number;
}

export interface Fact {
  id: string;
  kind: FactKind;
  zh: string;
  en: string;
  roles?: Role[];
  level?: string;
  rank?: string;
  ranked?: "text" | "lexicon" | "inferred";
  year?: number;
  date?: string;
  conf: number;
  rule: string;
  unsure?: string;
  ev: Spot;
  more?: Spot[];
  value?: number;
  q?: [start: number, end: number];
  unit?: string;
  amount?: string;
  what?: string;
  count?: number;
  given?: boolean;
  part?: boolean;
  mark?: [verdict: "right" | "wrong", note: string, said?: string]; // read back by a build; the words of that time if they have changed
}

/** A mark whose fact is there no more. */
export interface Lost { report: string; start: number; end: number; kind: string; rule: string; fact: string; verdict: "right" | "wrong"; note: string }

/** Containment by official codes that no text states. */
export type Inferred = [child: number, parent: number, code: string, above: string];

export type Edge = [from: number, to: number, relation: string, facts: number[]];

export interface Figure {
  id: string;
  zh: string;
  en: string;
  value: Record<Lang, string>;
  unit: Record<Lang, string>;
  note: Record<Lang, string>;
  facts: number[];
  nodes?: number[];
  parts?: { id: string; zh: string; en: string; facts: number[] }[];
}

export interface Field { id: string; x: number; y: number; w: number; h: number; n: number }

export interface Payload {
  share: boolean;
  documents: Doc[];
  entities: Entity[];
  facts: Fact[];
  edges: Edge[];
  inferred: Inferred[];
  lost: Lost[];
  publishers: number[];
  figures: Figure[];
  picture: {
    nodes: { id: number; x: number; y: number }[];
    fields: Field[];
    narrow: { at: [number, number][]; fields: Field[]; bounds: [number, number, number, number] } | null;
    names: Record<string, Record<Lang, string>>;
    bounds: [number, number, number, number];
    scale: number;
    top: number[];
    overview: {
      of: number[];
      groups: { lead: number; n: number; kinds: Record<string, number> }[];
      links: [from: number, to: number, n: number][];
    } | null;
  };
}

export const KINDS: Kind[] = ["Organization", "Person", "Place", "Honour", "Activity", "Work", "Group"];
export const FACT_KINDS: FactKind[] = [
  "award", "post", "measure", "part-of", "activity", "assistance", "cooperation", "coverage", "visit",
];
export const LEVELS = ["national", "provincial", "municipal", "county", "township", "unit"];
