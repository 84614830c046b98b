/** A small community with one row of everything in each of three households: the clerk's own station, a sister station of her centre, one of another centre. */
import { hash } from '@node-rs/argon2';
import type { Database, Db } from '../../src/store/database.ts';
import type { Fields } from '../../src/store/fields.ts';
import * as t from '../../src/store/schema.ts';

export const PASSWORD = 'langer-satz-7';
export const PLACES = ['near', 'sister', 'far'] as const;
export type Where = (typeof PLACES)[number];

/** Names that must never leave the interface unmasked. */
export const CANARIES = {
  name: '欧阳秀兰',
  phone: '13802155678',
  idNumber: '120106193805174527',
  said: '窗口的同志态度不好',
};

export interface World {
  staff: Record<string, string>;
  places: Record<string, string>;
  /** Ids of the rows by noun and place; nouns without a place have the same id thrice. */
  rows: Record<string, Record<Where, string>>;
}

const HOURS = { 1: [['09:00', '17:00']] } as Record<string, [string, string][]>;

/** Fills an empty, migrated database. `today` is a day `YYYY-MM-DD`. */
export async function createWorld(database: Database, fields: Fields, today: string): Promise<World> {
  const passwordHash = await hash(PASSWORD);
  return database.transaction(async (tx) => {
    const places = await writePlaces(tx);
    const staff = await writeStaff(tx, places, passwordHash);
    const facts = await writeFacts(tx, staff);
    const rows: World['rows'] = { guides: thrice(facts.guide), policies: thrice(facts.policy) };
    for (const where of PLACES) {
      const made = await writeHousehold(tx, { where, fields, today, places, staff, policyId: facts.policy });
      for (const [noun, id] of Object.entries(made))
        rows[noun] = { ...rows[noun], [where]: id } as Record<Where, string>;
    }
    return { staff, places, rows };
  });
}

const thrice = (id: string): Record<Where, string> => ({ near: id, sister: id, far: id });

async function only<T>(made: Promise<T[]>): Promise<T> {
  const [row] = await made;
  if (row === undefined) throw new Error('nothing was written');
  return row;
}

async function writePlaces(tx: Db): Promise<Record<string, string>> {
  const common = { status: 'operating' as const, address: '中生大道1号', hours: HOURS, matters: [] };
  const add = async (code: string, kind: 'centre' | 'station', parentId?: string) =>
    (
      await only(
        tx
          .insert(t.place)
          .values({ ...common, code, kind, name: `${code}便民服务站`, parentId })
          .returning(),
      )
    ).id;
  const centre = await add('centre', 'centre');
  const otherCentre = await add('other-centre', 'centre');
  const near = await add('near', 'station', centre);
  const sister = await add('sister', 'station', centre);
  const far = await add('far', 'station', otherCentre);
  return { centre, otherCentre, near, sister, far };
}

async function writeStaff(
  tx: Db,
  places: Record<string, string>,
  passwordHash: string,
): Promise<Record<string, string>> {
  const people = [
    ['clerk', 'clerk', 'near'],
    ['clerkB', 'clerk', 'near'],
    ['centreClerk', 'clerk', 'centre'],
    ['farClerk', 'clerk', 'far'],
    ['homelessClerk', 'clerk', undefined],
    ['supervisor', 'supervisor', undefined],
    ['operator', 'operator', undefined],
    ['officer', 'officer', undefined],
    ['auditor', 'auditor', undefined],
    ['security', 'security', undefined],
  ] as const;
  const ids: Record<string, string> = {};
  for (const [username, role, at] of people) {
    const placeId = at && places[at];
    const common = { passwordHash, passwordChangedAt: new Date(0), mustChangePassword: false };
    const row = { username, name: `工作${username}`, role, placeId, ...common };
    ids[username] = (await only(tx.insert(t.staff).values(row).returning())).id;
  }
  return ids;
}

async function writeFacts(tx: Db, staff: Record<string, string>) {
  const elements = Object.fromEntries(
    [
      'gist',
      'acceptedBy',
      'category',
      'basis',
      'audience',
      'conditions',
      'commonMistakes',
      'steps',
      'fee',
      'timeLimit',
    ].map((name) => [name, '以窗口为准']),
  ) as unknown as t.GuideElements;
  elements.byVoice = true;
  const guide = await only(
    tx
      .insert(t.guide)
      .values({
        matter: '老年优待证',
        version: 1,
        effectiveFrom: '2026-01-01',
        elements,
        department: '社会局',
        source: '示例',
        checkedOn: '2026-11-01',
      })
      .returning(),
  );
  const policy = await only(
    tx
      .insert(t.policy)
      .values({
        code: 'p-1',
        title: '敬老卡',
        gist: '六十五岁可办',
        body: '示例',
        source: '示例',
        audience: { ageFrom: 65, reason: 'policy.becauseAge' },
        validFrom: '2026-01-01',
        state: 'published',
        submittedBy: staff.officer,
      })
      .returning(),
  );
  return { guide: guide.id, policy: policy.id };
}

interface HouseholdParts {
  where: Where;
  fields: Fields;
  today: string;
  places: Record<string, string>;
  staff: Record<string, string>;
  policyId: string;
}

async function writeHousehold(tx: Db, { where, fields, today, places, staff, policyId }: HouseholdParts) {
  const stationId = places[where] as string;
  const home = { community: '季景峰阁', building: '3号楼', unit: `${where}-101`, stationId, sample: true };
  const household = await only(tx.insert(t.household).values(home).returning());
  const resident = await writeResident(tx, household.id, fields);
  const her = { residentId: resident.id };
  const device = { serial: `SN-${where}`, brand: 'speaker' as const, brandDevice: `device-${where}`, sample: true };
  const speaker = await only(
    tx
      .insert(t.speaker)
      .values({ ...device, status: 'bound', householdId: household.id, tokenHash: 'x' })
      .returning(),
  );
  const at = { speakerId: speaker.id };
  const caseFile = await only(
    tx
      .insert(t.caseFile)
      .values({
        ...her,
        number: `TJ-2026-${where}`,
        shortNumber: `S-${where}`,
        matter: '老年优待证',
        source: 9,
        status: 'reviewing',
        kind: 'promised',
        promisedOn: '2026-11-20',
        firstOwnerId: staff.clerk,
      })
      .returning(),
  );
  await tx
    .insert(t.caseStep)
    .values({ caseId: caseFile.id, status: 'submitted', at: new Date('2026-11-16T09:00:00+08:00') });
  const bookingId = await writeBooking(tx, { ...her, ...at }, stationId, today);
  const application = await only(
    tx
      .insert(t.application)
      .values({ ...her, matter: '老年优待证', state: 'submitted' })
      .returning(),
  );
  const call = await only(
    tx
      .insert(t.call)
      .values({ ...her, ...at, reason: 'agent', state: 'ended', brief: {} })
      .returning(),
  );
  const due = new Date('2026-11-23T10:00:00+08:00');
  const callback = await only(
    tx
      .insert(t.callback)
      .values({ ...her, ...at, stationId, reason: 'agent', dueAt: due })
      .returning(),
  );
  const visit = await only(
    tx
      .insert(t.visit)
      .values({ ...her, matter: '探访', day: today, half: 'PM' })
      .returning(),
  );
  const ticket = await writeTicket(tx, resident.id, where, fields, due);
  const rating = await only(
    tx
      .insert(t.rating)
      .values({ ...her, service: 'case', serviceId: caseFile.id, level: 5, named: true })
      .returning(),
  );
  const delivery = await only(
    tx
      .insert(t.delivery)
      .values({ ...her, policyId, reason: 'policy.becauseAge' })
      .returning(),
  );
  return {
    households: household.id,
    residents: resident.id,
    speakers: speaker.id,
    cases: caseFile.id,
    bookings: bookingId,
    applications: application.id,
    calls: call.id,
    callbacks: callback.id,
    visits: visit.id,
    tickets: ticket,
    ratings: rating.id,
    deliveries: delivery.id,
  };
}

async function writeResident(tx: Db, householdId: string, fields: Fields) {
  const id = crypto.randomUUID();
  return only(
    tx
      .insert(t.resident)
      .values({
        id,
        householdId,
        name: CANARIES.name,
        called: '欧阳奶奶',
        sex: 'female',
        birthDate: '1938-05-17',
        hukou: 'binhai',
        phoneSealed: fields.seal(CANARIES.phone, `resident.phoneSealed:${id}`),
        phoneIndex: fields.index(CANARIES.phone),
        idNumberSealed: fields.seal(CANARIES.idNumber, `resident.idNumberSealed:${id}`),
        idNumberIndex: fields.index(CANARIES.idNumber),
        flags: { alone: true },
        sample: true,
      })
      .returning(),
  );
}

async function writeBooking(tx: Db, who: { residentId: string; speakerId: string }, placeId: string, today: string) {
  const window = { placeId, number: 1, name: '1号窗口', matters: [], capacity: 2 };
  const { id: windowId } = await only(tx.insert(t.serviceWindow).values(window).returning());
  const slots = [];
  for (const start of ['14:00', '15:00']) {
    slots.push(await only(tx.insert(t.slot).values({ windowId, placeId, day: today, start, minutes: 30 }).returning()));
  }
  const seats = [];
  for (const [n, slot] of slots.entries()) {
    const state = n === 0 ? ('booked' as const) : ('free' as const);
    seats.push(await only(tx.insert(t.seat).values({ slotId: slot.id, number: 1, state }).returning()));
  }
  const of = { seatId: seats[0]?.id ?? '', slotId: slots[0]?.id ?? '' };
  const booking = { ...who, ...of, matter: '老年优待证', direction: 'collect' as const };
  return (await only(tx.insert(t.booking).values(booking).returning())).id;
}

async function writeTicket(tx: Db, residentId: string, where: Where, fields: Fields, dueAt: Date) {
  const id = crypto.randomUUID();
  const textSealed = fields.seal(CANARIES.said, `ticket.textSealed:${id}`);
  const row = { id, number: `T-${where}`, kind: 'complaint' as const, residentId, textSealed, dueAt };
  await tx.insert(t.ticket).values(row);
  await tx
    .insert(t.ticket)
    .values({ ...row, id: crypto.randomUUID(), number: `B-${where}`, kind: 'bad_rating', textSealed: null });
  return id;
}
