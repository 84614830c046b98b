/** Loads the catalogue's facts into the database: at first start, and again whenever the catalogue has grown. */
import { and, eq, isNull, lt } from 'drizzle-orm';
import { addDays } from '../../clock.ts';
import type { Database, Db } from '../database.ts';
import { guide, place, policy, serviceWindow } from '../schema.ts';
import type { GuideFact, PlaceFact, PolicyFact, WindowFact } from './facts.ts';

export interface Facts {
  guides: GuideFact[];
  policies: PolicyFact[];
  places: PlaceFact[];
  windows: WindowFact[];
}

/**
 * Adds what is not there yet and touches nothing that is: officers edit these rows, the files are only the beginning.
 * A guide file with a higher version ends the older one the day before. `sample: false` leaves example rows out:
 * invented places must not stand where real ones are expected. @returns how many rows were added
 */
export function loadFacts(parts: { database: Database; catalogue: Facts; sample: boolean }): Promise<number> {
  return parts.database.transaction((tx) => loadFactsIn(tx, parts.catalogue, parts.sample));
}

/** The same inside another's transaction. */
export async function loadFactsIn(tx: Db, catalogue: Facts, sample: boolean): Promise<number> {
  const wanted = <T extends { sample: boolean }>(facts: T[]) => facts.filter((fact) => sample || !fact.sample);
  const places = wanted(catalogue.places);
  const kept = new Set(places.map(({ code }) => code));
  return (
    (await loadPlaces(tx, places)) +
    (await loadWindows(
      tx,
      catalogue.windows.filter((window) => kept.has(window.place)),
    )) +
    (await loadGuides(tx, catalogue.guides)) +
    (await loadPolicies(tx, catalogue.policies))
  );
}

/** Centres before the stations that belong to them. */
async function loadPlaces(tx: Db, places: PlaceFact[]): Promise<number> {
  const outer = places.filter(({ parent }) => !parent);
  const inner = places.filter(({ parent }) => parent);
  let added = 0;
  for (const part of [outer, inner]) {
    if (part.length === 0) continue;
    const ids = await placeIds(tx);
    const rows = part.map(({ folk: _folk, shortHours: _shortHours, parent, ...fact }) => ({
      ...fact,
      hours: fact.hours as Record<string, [string, string][]>,
      parentId: parent ? ids.get(parent) : undefined,
    }));
    added += (await tx.insert(place).values(rows).onConflictDoNothing().returning({ id: place.id })).length;
  }
  return added;
}

async function loadWindows(tx: Db, windows: WindowFact[]): Promise<number> {
  const ids = await placeIds(tx);
  const rows = windows.flatMap(({ place: code, ...fact }) => {
    const placeId = ids.get(code);
    return placeId ? [{ ...fact, placeId }] : [];
  });
  if (rows.length === 0) return 0;
  return (await tx.insert(serviceWindow).values(rows).onConflictDoNothing().returning({ id: serviceWindow.id })).length;
}

/** Ids by code. */
export async function placeIds(tx: Db): Promise<Map<string, string>> {
  const rows = await tx.select({ code: place.code, id: place.id }).from(place);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

async function loadGuides(tx: Db, guides: GuideFact[]): Promise<number> {
  if (guides.length === 0) return 0;
  const rows = guides.map(({ sensitive, sources, elements, ...fact }) => ({
    ...fact,
    elements: { ...elements, sources, sensitive },
    state: 'effective' as const,
  }));
  const added = await tx.insert(guide).values(rows).onConflictDoNothing().returning();
  for (const { matter, version, effectiveFrom } of added) await endOlder(tx, matter, version, effectiveFrom);
  return added.length;
}

function endOlder(tx: Db, matter: string, version: number, from: string) {
  return tx
    .update(guide)
    .set({ effectiveUntil: addDays(from, -1) })
    .where(and(eq(guide.matter, matter), lt(guide.version, version), isNull(guide.effectiveUntil)));
}

async function loadPolicies(tx: Db, policies: PolicyFact[]): Promise<number> {
  if (policies.length === 0) return 0;
  const rows = policies.map(({ confidence: _confidence, checkedOn: _checkedOn, documents: _documents, ...fact }) => ({
    ...fact,
    state: 'published' as const,
  }));
  return (await tx.insert(policy).values(rows).onConflictDoNothing().returning({ id: policy.id })).length;
}
