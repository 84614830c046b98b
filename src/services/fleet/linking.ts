/** Accounts of brands linked to households: OAuth 2 authorization codes and tokens. Opaque, random, kept as hashes. */
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Clock } from '../../clock.ts';
import { Refusal } from '../../errors.ts';
import type { Brand } from '../../platforms/platform.ts';
import { type Actor, writeAudit } from '../../store/audit.ts';
import type { Database, Db } from '../../store/database.ts';
import { accountLink, household, speaker, staff } from '../../store/schema.ts';
import { hashOfToken } from '../tokens.ts';
import { createFleet } from './fleet.ts';
import { meet } from './pairing.ts';

export type LinkedBrand = 'dueros' | 'alexa' | 'aligenie' | 'xiaoai';

export interface Tokens {
  access: string;
  refresh: string;
  /** Seconds. */
  expiresIn: number;
}

interface Parts {
  database: Database;
  clock: Clock;
  cut?: (speaker: { brand: string; device: string }) => Promise<void>;
}

const CODE_MS = 5 * 60_000;
/** Brands ask anew long before; the token only has to reach us once for each speaker. */
const ACCESS_S = 7 * 24 * 3600;

const secret = () => randomBytes(32).toString('base64url');

/** RFC 6749 with PKCE (RFC 7636). What does not hold is undefined and not a refusal: the brand is told `invalid_grant` whatever the reason. */
export function createLinking(parts: Parts) {
  const { database, clock } = parts;
  const fleet = createFleet(parts);
  const later = (ms: number) => new Date(clock.now().getTime() + ms);

  /** Whether this account may link: an operator whose password is her own. */
  async function mayLink(staffId: string): Promise<boolean> {
    const [row] = await database.db
      .select()
      .from(staff)
      .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)));
    return row?.role === 'operator' && !row.mustChangePassword;
  }

  /** The household of an address; undefined when there is none. */
  async function householdAt(where: { community: string; building: string; unit: string }) {
    const { community, building, unit } = household;
    const same = and(eq(community, where.community), eq(building, where.building), eq(unit, where.unit));
    const [row] = await database.db.select({ id: household.id }).from(household).where(same).limit(1);
    return row?.id;
  }

  const communities = async () => {
    const rows = await database.db.selectDistinct({ name: household.community }).from(household);
    return rows.map(({ name }) => name).sort();
  };

  /** A code for the brand, good for five minutes and one exchange. Audited. */
  async function grant(
    asked: { brand: LinkedBrand; householdId: string; redirectUri: string; challenge?: string },
    staffId: string,
  ): Promise<string> {
    const code = secret();
    await database.transaction(async (tx) => {
      const values = { ...asked, linkedBy: staffId, codeHash: hashOfToken(code), codeUntil: later(CODE_MS) };
      const [made] = await tx.insert(accountLink).values(values).returning({ id: accountLink.id });
      const actor = { kind: 'staff' as const, id: staffId, role: 'operator' };
      const subject = `links/${made?.id}`;
      await writeAudit(tx, { at: clock.now(), actor, action: 'link.granted', subject, result: 'done' });
    });
    return code;
  }

  /** Tokens for a code. One that was used before ends the link altogether: somebody else has it (RFC 6749, 4.1.2). */
  async function exchange(given: {
    brand: LinkedBrand;
    code: string;
    redirectUri?: string;
    verifier?: string;
  }): Promise<Tokens | undefined> {
    return database.transaction(async (tx) => {
      const mine = and(eq(accountLink.codeHash, hashOfToken(given.code)), eq(accountLink.brand, given.brand));
      const [link] = await tx.select().from(accountLink).where(mine).for('update');
      if (!link || link.codeUntil <= clock.now() || link.revokedAt) return undefined;
      if (link.codeUsedAt) {
        await tx.update(accountLink).set({ revokedAt: clock.now() }).where(eq(accountLink.id, link.id));
        return undefined;
      }
      if (given.redirectUri !== undefined && given.redirectUri !== link.redirectUri) return undefined;
      if (link.challenge !== null && link.challenge !== challengeOf(given.verifier ?? '')) return undefined;
      return issue(tx, link.id, secret(), { codeUsedAt: clock.now() });
    });
  }

  /** Another access token. The refresh token stays: an answer that was lost must not lock the brand out. */
  async function refresh(given: { brand: LinkedBrand; refreshToken: string }): Promise<Tokens | undefined> {
    return database.transaction(async (tx) => {
      const mine = and(
        eq(accountLink.refreshHash, hashOfToken(given.refreshToken)),
        eq(accountLink.brand, given.brand),
      );
      const [link] = await tx
        .select()
        .from(accountLink)
        .where(and(mine, isNull(accountLink.revokedAt)))
        .for('update');
      return link && issue(tx, link.id, given.refreshToken);
    });
  }

  async function issue(tx: Db, id: string, refreshToken: string, more: { codeUsedAt?: Date } = {}): Promise<Tokens> {
    const access = secret();
    const hashes = { accessHash: hashOfToken(access), refreshHash: hashOfToken(refreshToken) };
    await tx
      .update(accountLink)
      .set({ ...more, ...hashes, accessUntil: later(ACCESS_S * 1000) })
      .where(eq(accountLink.id, id));
    return { access, refresh: refreshToken, expiresIn: ACCESS_S };
  }

  /**
   * Puts a new speaker of a linked account into the household. Once for each link and speaker: one that an operator has
   * taken out again stays out. @returns whether it belongs there now
   */
  async function bind(said: { brand: Brand; device: string; user?: string; linkToken?: string }): Promise<boolean> {
    const link = await linkOf(said);
    if (!link) return false;
    const id = await database.transaction(async (tx) => {
      await meet(tx, said, clock.now());
      const mine = and(eq(speaker.brand, said.brand), eq(speaker.brandDevice, said.device), eq(speaker.status, 'new'));
      const [row] = await tx.update(speaker).set({ brandUser: said.user }).where(mine).returning({ id: speaker.id });
      return row?.id;
    });
    if (!id) return false;
    const by: Actor = { kind: 'system', id: link.id, role: 'link' };
    return fleet.bind(`link:${link.id}:${id}`, id, { householdId: link.householdId }, by).then(
      () => true,
      (thrown: unknown) => {
        if (thrown instanceof Refusal) return true; // bound meanwhile, perhaps by the same words said twice
        throw thrown;
      },
    );
  }

  async function linkOf({ brand, linkToken }: { brand: Brand; linkToken?: string }) {
    if (!linkToken || brand === 'speaker') return undefined;
    const stands = and(gt(accountLink.accessUntil, clock.now()), isNull(accountLink.revokedAt));
    const [link] = await database.db
      .select({ id: accountLink.id, householdId: accountLink.householdId })
      .from(accountLink)
      .where(and(eq(accountLink.accessHash, hashOfToken(linkToken)), eq(accountLink.brand, brand), stands));
    return link;
  }

  return { mayLink, householdAt, communities, grant, exchange, refresh, bind };
}

/** PKCE, S256 (RFC 7636). */
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

export type Linking = ReturnType<typeof createLinking>;
