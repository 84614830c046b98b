/** What is asked of a service point, with or without a matter in hand: its hours, and what there is at it. */
import type { Tell } from './errand.ts';
import type { GuideContext } from './guide.facts.ts';

/** What there is at it, by the phrase that tells it. */
export const OF_STATION: Record<string, string> = {
  mobile: 'guide.nearby',
  kiosk: 'guide.nearby',
  locker: 'guide.nearby',
  /** Whether there is one: then it is offered. */
  hasLocker: 'guide.locker',
  centre: 'guide.centre',
  photo: 'guide.photo',
  nearest: 'guide.stationWhere',
  way: 'guide.way',
  wayCentre: 'guide.wayCentre',
  phone: 'guide.phone',
  phoneCentre: 'guide.phoneCentre',
  atPlace: 'guide.atPlace',
  noon: 'guide.noon',
};

/** The hours of her station, also while a matter is in hand. */
export const asksHours = ({ slots }: GuideContext) => slots.element === 'hours';
/** She asks for something at her station, and of no matter. */
export const namesService = ({ slots }: GuideContext) => OF_STATION[slots.element ?? ''] !== undefined;

/** Tells two questions of a station apart: the day and the service. */
export const stationKey = ({ slots }: GuideContext) =>
  `${slots.date ?? ''} ${OF_STATION[slots.element ?? ''] ? slots.element : ''} ${slots.place ?? ''}`;

const ABOUT_STATION = new Set<string>(['guide.where', 'guide.when', 'guide.who']);
/** It is asked of her station, with or without a matter in hand. */
export const isAboutStation = (context: GuideContext) =>
  ABOUT_STATION.has(context.intent) || namesService(context) || asksHours(context);

/** The hours of today, or of the day she named. */
export function stationHours({ slots, guide }: GuideContext): Tell {
  const values = guide?.words.stationWhen;
  if (slots.date && values?.unsure) return { phrase: 'guide.stationUnsure', values };
  if (slots.date) return { phrase: values?.opens ? 'guide.stationOnDay' : 'guide.stationClosedOn', values };
  return { phrase: values?.opens ? 'guide.stationWhen' : 'guide.stationClosed', values };
}

/** Whether it is open at this moment, and when next. */
export function stationNow({ slots, guide }: GuideContext): Tell | undefined {
  const values = guide?.words.stationWhen;
  if (slots.date || !values) return undefined;
  if (values.openUntil) return { phrase: 'guide.openNow', values };
  return values.nextDay ? { phrase: 'guide.shutNow', values } : undefined;
}
