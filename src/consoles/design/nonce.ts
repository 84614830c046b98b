/** The nonce of this page's content policy: style sheets made at run time must carry it. */
export function pageNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.content || undefined;
}

/**
 * Gives every style element made from here on the page's nonce. antd passes its nonce to its own sheets, but not to those
 * of scroll locking and scroll bar measuring (seen with 6.6.8: two refused sheets for each dialog, and a page that scrolls behind it).
 */
export function giveStylesTheNonce(): void {
  const nonce = pageNonce();
  if (!nonce) return;
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (made instanceof HTMLStyleElement) made.nonce = nonce;
    return made;
  }) as typeof document.createElement;
}
