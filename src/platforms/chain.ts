import { type KeyObject, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { NotVerified } from './delivery.ts';

/** What a brand demands of the certificate it signs with. */
export interface ChainProfile {
  /** The name that must stand among the subject alternative names, exactly. */
  name: string;
  /** Whether the chain must end in a trusted root. DuerOS documents no such rule and its kits look at the leaf only. */
  toRoot: boolean;
}

/** A certificate chain that was fully checked, with the span in which all of it is in date (milliseconds). */
export interface CheckedChain {
  key: KeyObject;
  from: number;
  until: number;
}

const LONGEST_CHAIN = 8;
const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

export interface Roots {
  /** The trusted roots whose subject is this certificate's issuer. */
  issuersOf(certificate: X509Certificate): X509Certificate[];
}

/** Node's own trust roots and those of a PEM text, parsed once, when they are first asked for. */
export function createRoots(extraPem = ''): Roots {
  let known: Map<string, X509Certificate[]> | undefined;
  const bySubject = () => {
    known ??= groupBySubject([...rootCertificates.map((pem) => new X509Certificate(pem)), ...parseChain(extraPem)]);
    return known;
  };
  return { issuersOf: (certificate) => bySubject().get(certificate.issuer) ?? [] };
}

function groupBySubject(certificates: X509Certificate[]): Map<string, X509Certificate[]> {
  const groups = new Map<string, X509Certificate[]>();
  for (const certificate of certificates) {
    groups.set(certificate.subject, [...(groups.get(certificate.subject) ?? []), certificate]);
  }
  return groups;
}

/** All certificates of a PEM text, in order. @throws Error when one does not parse */
function parseChain(pem: string): X509Certificate[] {
  return (pem.match(PEM) ?? []).map((block) => new X509Certificate(block));
}

/**
 * Checks a chain, leaf first, against a brand's rules.
 * @param now milliseconds
 * @throws NotVerified naming the first rule that fails
 */
export function checkChain(pem: string, profile: ChainProfile, roots: Roots, now: number): CheckedChain {
  const chain = parse(pem);
  const [leaf] = chain;
  if (!leaf || chain.length > LONGEST_CHAIN) throw new NotVerified('certificate chain unreadable');
  const used = profile.toRoot ? pathToRoot(leaf, chain.slice(1), roots, now) : [leaf];
  const checked = { key: leaf.publicKey, ...spanOf(used) };
  if (!inDate(checked, now)) throw new NotVerified('certificate out of date');
  if (!namesExactly(leaf, profile.name)) throw new NotVerified('certificate for another name');
  if (leaf.publicKey.asymmetricKeyType !== 'rsa') throw new NotVerified('certificate key is not RSA');
  return checked;
}

/** Whether all of a chain is in date at `now` (milliseconds); an unreadable date is out of it. */
export function inDate(chain: Pick<CheckedChain, 'from' | 'until'>, now: number): boolean {
  return chain.from <= now && now <= chain.until;
}

function parse(pem: string): X509Certificate[] {
  try {
    return parseChain(pem);
  } catch (cause) {
    throw new NotVerified('certificate chain unreadable', 400, { cause });
  }
}

// Walks from the leaf upwards: each step a root if one fits, else one of the certificates that came along.
function pathToRoot(leaf: X509Certificate, others: X509Certificate[], roots: Roots, now: number): X509Certificate[] {
  const path = [leaf];
  const left = [...others];
  for (let here: X509Certificate = leaf; ; ) {
    const root = roots.issuersOf(here).find((candidate) => issued(candidate, here) && inDate(spanOf([candidate]), now));
    if (root) return [...path, root];
    const i = left.findIndex((candidate) => issued(candidate, here));
    const [next] = i < 0 ? [] : left.splice(i, 1);
    if (!next) throw new NotVerified('certificate chain ends in no trusted root');
    path.push(next);
    here = next;
  }
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

// Alternative names only, no wildcard, no fall-back to the common name.
function namesExactly(leaf: X509Certificate, name: string): boolean {
  return leaf.checkHost(name, { subject: 'never', wildcards: false }) !== undefined;
}

function spanOf(certificates: X509Certificate[]): { from: number; until: number } {
  return {
    from: Math.max(...certificates.map(({ validFrom }) => Date.parse(validFrom))),
    until: Math.min(...certificates.map(({ validTo }) => Date.parse(validTo))),
  };
}
