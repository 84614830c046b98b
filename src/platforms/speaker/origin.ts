/**
 * Whether a socket's Origin may be: none (a device, not a browser), the host that the request came to, or PUBLIC_URL's.
 * A browser sends it unasked, so that another site's page cannot open a socket here with a resident's ticket in its tab.
 */
export function originIsOurs(origin: string | undefined, host: string | undefined, publicUrl?: string): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const given = new URL(origin);
  if (given.protocol !== 'http:' && given.protocol !== 'https:') return false;
  const ours = publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).origin : undefined;
  return given.origin === ours || given.host === host?.toLowerCase();
}
