/** Recipes to people: names that nobody bears, numbers that nobody has, birthdays that fit their age today. */
import { birthdayAt } from '../../ages.ts';
import { addDays } from '../../clock.ts';
import type { Fields } from '../fields.ts';
import { hashPin } from '../pin-hash.ts';
import type { household, resident } from '../schema.ts';
import type { Random } from './random.ts';
import type { HouseholdRecipe, ResidentRecipe, SampleFacts } from './sample-facts.ts';
import type { Secrets } from './secrets.ts';

export type HouseholdRow = typeof household.$inferInsert & { id: string };
export type ResidentRow = typeof resident.$inferInsert & { id: string };

/** Somebody of the sample community, and what her recipe says of her. */
export interface Person {
  row: ResidentRow;
  recipe: ResidentRecipe;
  /** Her agreed four digits, for the testers; undefined when she has none. */
  pin?: string;
}

export interface HomeOfPeople {
  household: HouseholdRow;
  recipe: HouseholdRecipe;
  people: Person[];
}

export interface PeopleParts {
  facts: SampleFacts;
  random: Random;
  secrets: Secrets;
  fields: Fields;
  /** `YYYY-MM-DD`. */
  today: string;
  placeIds: Map<string, string>;
}

const OLD = 85;
const ADULT_WIDTH_DAYS = { least: 40, most: 300 }; // the last birthday: far enough from today on both sides

/** All households of the catalogue's sample, with their people. */
export async function buildHomes(parts: PeopleParts): Promise<HomeOfPeople[]> {
  const homes: HomeOfPeople[] = [];
  let serial = 0;
  for (const [n, recipe] of parts.facts.households.entries()) {
    const household = householdRow(parts, recipe, n);
    const people: Person[] = [];
    for (const one of recipe.residents) {
      people.push(await personOf(parts, one, household.id, serial));
      serial += 1;
    }
    homes.push({ household, recipe, people });
  }
  return homes;
}

function householdRow({ facts, random, placeIds }: PeopleParts, recipe: HouseholdRecipe, n: number): HouseholdRow {
  const stationId = placeIds.get(recipe.station);
  if (!stationId) throw new Error(`sample household ${n + 1}: no place ${recipe.station}`);
  const fill = (text: string, value: number) => text.replace('{n}', String(value));
  const room = `${random.between(1, 18)}0${random.between(1, 4)}`;
  return {
    id: random.id(`household ${n}`),
    community: recipe.community,
    building: fill(facts.address.building, random.between(1, 12)),
    unit: fill(facts.address.unit, random.between(1, 3)).replace('{room}', room),
    stationId,
    sample: true,
  };
}

async function personOf(
  parts: PeopleParts,
  recipe: ResidentRecipe,
  householdId: string,
  serial: number,
): Promise<Person> {
  const { fields, random, secrets } = parts;
  const id = random.id(`resident ${serial}`);
  const pin = recipe.noPin ? undefined : secrets.pin();
  const birthDate = birthDateOf(parts, recipe);
  const phone = `12000${String(serial + 1).padStart(6, '0')}`;
  const idNumber = idNumberOf(birthDate, recipe.sex, serial);
  const row = {
    id,
    householdId,
    ...namesOf(parts.facts, recipe, serial),
    sex: recipe.sex,
    birthDate,
    hukou: recipe.hukou ?? 'binhai',
    phoneSealed: fields.seal(phone, `resident.phoneSealed:${id}`),
    phoneIndex: fields.index(phone),
    idNumberSealed: fields.seal(idNumber, `resident.idNumberSealed:${id}`),
    idNumberIndex: fields.index(idNumber),
    flags: recipe.flags ?? {},
    state: recipe.state ?? 'living',
    locale: recipe.locale ?? 'zh-CN',
    pinHash: pin && (await hashPin(fields, id, pin)),
    sample: true,
  };
  return { row, recipe, pin };
}

function namesOf({ names }: SampleFacts, { name, called, sex, age }: ResidentRecipe, serial: number) {
  const surname = names.surnames[serial % names.surnames.length] as string;
  const turn = Math.floor(serial / names.surnames.length);
  const given = names.given[(serial * 7 + turn) % names.given.length] as string;
  const title = age >= OLD ? names.called[`${sex}Old`] : names.called[sex];
  return { name: name ?? `${surname}${names.mark}${given}`, called: called ?? `${surname}${title}` };
}

function birthDateOf({ today, random }: PeopleParts, { age, birthdayIn }: ResidentRecipe): string {
  if (birthdayIn !== undefined) return birthdayAt(addDays(today, birthdayIn), -(age + 1));
  return birthdayAt(addDays(today, -random.between(ADULT_WIDTH_DAYS.least, ADULT_WIDTH_DAYS.most)), -age);
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]; // GB 11643
const CHECK = '10X98765432';

/** Region 999999 does not exist; the check digit is right, so that forms accept it. */
function idNumberOf(birthDate: string, sex: string, serial: number): string {
  const order = (serial % 499) * 2 + (sex === 'male' ? 1 : 2);
  const body = `999999${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(body[n]), 0);
  return `${body}${CHECK[sum % 11]}`;
}
