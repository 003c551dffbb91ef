/** The state of a table in the address of the page, so that a link keeps it. */

export interface State {
  /** Name of a column, with "-" before it for the other way round; "" for the order of the server. */
  sort: string;
  filter: string;
  /** Names of the columns that are not shown. */
  hide: readonly string[];
}

/** Reads the state of a table; `before` stands before its names if a page has several tables. */
export function readState(before: string): State {
  const given = new URLSearchParams(location.search);
  return {
    sort: given.get(`${before}sort`) ?? "",
    filter: given.get(`${before}filter`) ?? "",
    hide: (given.get(`${before}hide`) ?? "").split(",").filter(Boolean),
  };
}

/** Puts a state into the address of the page, and into links that lead on with it. */
export function writeState(before: string, state: Partial<State>, links: Iterable<HTMLAnchorElement>): void {
  history.replaceState(history.state, "", withState(location.href, before, state));
  for (const link of links) link.href = withState(link.href, before, state);
}

/** Returns an address with the state of all tables that another address has. */
export function withStateOf(address: string, other: string): string {
  const url = new URL(address);
  for (const [name, value] of new URL(other).searchParams) {
    if (/(?:^|\.)(?:sort|filter|hide|page)$/.test(name)) url.searchParams.set(name, value);
  }
  return url.href;
}

function withState(address: string, before: string, state: Partial<State>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(state)) {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    if (text) url.searchParams.set(`${before}${name}`, text);
    else url.searchParams.delete(`${before}${name}`);
  }
  return url.href;
}
