/** Words by which a tester finds the resident she needs: what is true of each in the database. */
import type { Neighbour } from './history.ts';

interface Known {
  unread: boolean;
  /** A call back is owed to her. */
  owed: boolean;
  /** Somebody works at the station. */
  staffed: boolean;
  neighbours: number;
}

/** All traits of one resident, as demo.json tells them to testers: words, some with a matter or a status behind a colon. */
export function traitsOf({ person, cases }: Neighbour, { unread, owed, staffed, neighbours }: Known): string[] {
  const { recipe, row } = person;
  const flags = recipe.flags ?? {};
  const files = cases.map((one) => one.row);
  const when = (holds: unknown, word: string) => (holds ? [word] : []);
  return [
    ...files.filter(({ delivery }) => delivery === 'ready').map(({ matter }) => `ready:${matter}`),
    ...(recipe.holds ?? []).map((matter) => `holds:${matter}`),
    ...new Set(files.map(({ status }) => `case:${status}`)),
    ...when(
      (recipe.cases ?? []).some(({ overdue }) => overdue),
      'overdue',
    ),
    ...when(
      files.some(({ sensitive }) => sensitive),
      'sensitiveCase',
    ),
    ...when(recipe.booking, 'liveBooking'),
    ...when(recipe.draft, 'draft'),
    ...when(recipe.finished, 'finishedService'),
    ...when(unread, 'unreadPolicy'),
    ...when(owed, 'openCallback'),
    `hukou:${row.hukou}`,
    ...when(recipe.age === 64 && recipe.birthdayIn, 'turns65'),
    ...when(flags.special, 'special'),
    ...when(flags.alone, 'alone'),
    ...when(flags.widow, 'widow'),
    ...when(flags.hearing, 'hardOfHearing'),
    ...when(flags.unregisteredCare, 'unregisteredCare'),
    ...when(row.locale === 'en-US', 'english'),
    ...when(recipe.noConsent, 'noConsent'),
    ...when(recipe.noPin, 'noPin'),
    ...when(row.state !== 'living', row.state ?? ''),
    ...when(neighbours > 1, 'couple'),
    ...when(!staffed, 'nobodyOnDuty'),
  ];
}
