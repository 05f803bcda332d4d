// Spreadsheets run cells that begin with = + - @ (tab, CR): such cells get an apostrophe before them, unless a number.
export function cell(value: unknown): string {
  let text = value === undefined || value === null ? "" : String(value);
  const lead = text.replace(/^[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/, "");
  if (/^[=+\-@|%\t\r=+-@]/.test(lead) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** RFC 4180 with a byte order mark, so that spreadsheets read Chinese. */
export function csv(rows: unknown[][]): string {
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
