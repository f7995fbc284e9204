// Where a CRM is, and whether a request really goes there. Asked by the clients before a key is attached.

/**
 * Origin and path every request starts with, without a slash at the end; `defaultPath` where the address has none.
 * Undefined when it is no http(s) address. A name or password in it is left out.
 */
export function baseAddress(configured: string, defaultPath: string): string | undefined {
  const url = URL.canParse(configured.trim()) ? new URL(configured.trim()) : undefined;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  const path = url.pathname.replace(/\/+$/, "");
  return `${url.origin}${path === "" ? defaultPath : path}`;
}

/** False when `path`, read the way a URL is read, would leave the origin or the folder of `baseUrl`. */
export function staysAt(baseUrl: string, path: string): boolean {
  const base = new URL(baseUrl);
  const url = new URL(baseUrl + path);
  return path.startsWith("/") && url.origin === base.origin && url.pathname.startsWith(`${base.pathname}/`);
}

/** `/people?phone=…` with every value escaped; undefined values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
