import type { Locale } from '../../platforms/platform.ts';
import { partnerOf } from '../../services/guides/bundles.ts';
import type { GuideView } from '../../services/guides/guides.ts';
import type { Services } from '../../services/index.ts';
import type { Tell } from '../errands/errand.ts';
import type { GuideContext, GuideForHer } from '../errands/guide.facts.ts';
import type { EffectInput, Effects } from './index.ts';

type Parts = Pick<Services, 'guides' | 'policies' | 'places' | 'bundles'>;
type Call = EffectInput<GuideContext>;

/** The elements by the phrase that speaks them. What was not written in English is said in the official words. */
function wordsOf({ elements, source, checkedOn }: GuideView, locale: Locale): GuideForHer['words'] {
  const en: Partial<GuideView['elements']> = locale === 'en-US' ? elements : {};
  const { acceptedBy, category, basis, audience, steps, enquiry, supervision, trips, channels } = elements;
  /** Official words that nobody has put into English are not spoken in it. */
  const text = (words: string) => ({ text: locale === 'en-US' ? undefined : words });
  return {
    gist: { gist: en.gistEn ?? elements.gist },
    where: { place: en.placeEn ?? elements.place, channels: locale === 'en-US' ? undefined : channels },
    when: { hours: en.hoursEn ?? elements.hours, timeLimit: en.timeLimitEn ?? elements.timeLimit },
    timeLimit: { timeLimit: en.timeLimitEn ?? elements.timeLimit },
    fee: { fee: en.feeEn ?? elements.fee },
    conditions: { conditions: en.conditionsEn ?? elements.conditions },
    rule: { conditions: en.conditionsEn ?? elements.conditions },
    eachOwn: { conditions: elements.amounts && (en.conditionsEn ?? elements.conditions) },
    hukou: { conditions: en.conditionsEn ?? elements.conditions },
    amount: { amount: en.amountEn ?? elements.amount },
    materialsNote: { note: locale === 'en-US' ? undefined : elements.materialsNote },
    mistakes: { mistakes: locale === 'en-US' ? undefined : elements.commonMistakes },
    acceptedBy: text(acceptedBy),
    category: { category: locale === 'en-US' ? undefined : category },
    basis: text(basis),
    audience: locale === 'en-US' ? { text: en.conditionsEn } : { text: audience },
    forWhom: locale === 'en-US' ? { text: en.conditionsEn } : { text: audience },
    steps: text(steps),
    enquiry: text(enquiry),
    supervision: text(supervision),
    channels: text(channels),
    trips: text(trips),
    arrears: { text: locale === 'en-US' ? en.arrearsEn : elements.arrears },
    source: locale === 'en-US' ? { checkedOn } : { source, checkedOn },
  };
}

const materialsOf = ({ elements }: GuideView, locale: Locale): string[] =>
  (locale === 'en-US' && elements.materialsEn) || elements.materials.map((one) => one.name);

/** What is written of each; in English the list alone is. */
const detailsOf = ({ elements }: GuideView, locale: Locale): GuideForHer['details'] =>
  locale === 'en-US'
    ? []
    : elements.materials.map(({ name, original, copies, note }) => ({
        name,
        original: (original ?? 0) > 0,
        ...(copies ? { copies } : {}),
        ...(note ? { note } : {}),
      }));

/** What one of her age gets: that, and not the whole table. */
function amountFor({ elements }: GuideView, { home, residentId, said }: Call): GuideForHer['words'] {
  const age = home.residents.find((one) => one.id === residentId)?.age;
  const hers = elements.amounts?.findLast(({ ageFrom }) => age !== undefined && age >= ageFrom);
  if (!hers || said.locale === 'en-US') return {};
  const told = { amount: hers.text };
  return elements.byVoice === true ? { discount: told } : { herAmount: told };
}

const OF_CENTRE = new Set(['centre', 'wayCentre', 'phoneCentre']);
const SERVICES = ['mobile', 'kiosk', 'locker'] as const;

/** The hands of explaining: the guide as it is signed, whether she may, what she was told and what she has ticked. */
export function guideEffects({ guides, policies, places, bundles }: Parts): Effects<GuideContext> {
  /** The one that was named to her, else the centre of her own station. */
  async function centreMeant({ slots }: GuideContext, stationId: string, day?: string) {
    const named = slots.place ? await places.named(slots.place) : undefined;
    return named ? places.today(named.id, day) : places.centreOf(stationId, day);
  }

  /** Her own station: who, where, when, and the one service near it that she asks for. */
  async function stationWords({ context, home }: Call): Promise<GuideForHer['words']> {
    const { date, element } = context.slots;
    const here = await places.today(home.stationId, date?.split('/')[0]);
    const unlisted = here && !here.phone ? { unlisted: home.station.name } : {};
    const station = { station: home.station.name, ...here, ...unlisted };
    const kind = element === 'hasLocker' ? 'locker' : SERVICES.find((one) => one === element);
    const near = kind && (await places.nearby(home.stationId, kind));
    const instead = here && !here.opens ? await places.openInstead(home.stationId, here.day) : undefined;
    const centre = OF_CENTRE.has(element ?? '') ? await centreMeant(context, home.stationId, here?.day) : undefined;
    const clerks = await places.clerksOf(home.stationId);
    const unbroken = here?.opens && !here.breakFrom ? { unbroken: home.station.name } : {};
    return {
      who: { ...station, clerks },
      stationWhere: station,
      stationWhen: { ...station, ...instead },
      photo: station,
      way: station,
      phone: station,
      nearest: station,
      atPlace: station,
      noon: { ...station, ...unbroken },
      ...(centre
        ? {
            centre: { ...centre, shutOn: centre.opens ? undefined : centre.day },
            wayCentre: { ...centre },
            phoneCentre: { ...centre, unlisted: centre.phone ? undefined : centre.name },
          }
        : {}),
      ...(kind && near ? { [element ?? kind]: { name: near.name, text: near.route ?? near.address } } : {}),
    };
  }

  async function ofMatter(guide: GuideView, { home, residentId, said }: Call): Promise<Partial<GuideForHer>> {
    const her = home.residents.find((one) => one.id === residentId);
    const ticked = her ? await guides.ticks(her.id, guide.matter) : [];
    const partner = her && partnerOf(bundles, guide.matter, her.age);
    return {
      materials: materialsOf(guide, said.locale),
      details: detailsOf(guide, said.locale),
      ticked,
      byVoice: guide.elements.byVoice === true,
      ...(said.locale === 'en-US' ? {} : { amounts: guide.elements.amounts }),
      ...(guide.elements.materialsPartial ? { partial: true } : {}),
      pays: guide.elements.byVoice !== true && guide.elements.amount !== undefined,
      ...(partner ? { partner } : {}),
    };
  }

  return {
    fetch: async (call) => {
      const station = await stationWords(call);
      const matter = call.context.slots.item;
      if (!matter) return { type: 'FOUND', guide: { matter: '', words: station, materials: [] } };
      const guide = await guides.of(matter);
      if (!guide) return { type: 'UNKNOWN' };
      const of = await ofMatter(guide, call);
      const words = {
        ...station,
        ...wordsOf(guide, call.said.locale),
        ...amountFor(guide, call),
        ...(of.partner ? { together: { matter: of.partner } } : {}),
      };
      return { type: 'FOUND', guide: { matter, words, ...of } };
    },
    /** Whether she herself may; without knowing who she is, the conditions are told instead. */
    check: async ({ context, residentId }) => {
      const matter = context.guide?.matter;
      if (!residentId || !matter) return { type: 'CHECKED' };
      const { from, reason } = await policies.eligibility(matter, residentId);
      const open = reason.phrase === 'guide.eligible_unknown';
      const conditions = open ? { conditions: context.guide?.words.conditions?.conditions } : {};
      const gets = reason.phrase === 'guide.eligible_yes' && context.guide?.words.herAmount !== undefined;
      const phrase = gets ? 'guide.eligible_gets' : reason.phrase;
      const eligibility: Tell = { phrase, values: { ...reason.values, from, ...conditions } };
      const waits = reason.phrase === 'guide.eligible_not_yet';
      return { type: 'CHECKED', eligibility, reminded: waits && (await policies.turnsFor(matter)) };
    },
    told: async ({ context, residentId }) => {
      if (residentId && context.guide) await guides.told(residentId, context.guide.matter, context.guide.materials);
      return { type: 'TOLD' };
    },
    tick: async ({ context, residentId }) => {
      const { matter, ticked = [] } = context.guide ?? {};
      if (residentId && matter) await guides.tick(residentId, matter, ticked);
      return { type: 'TICKED' };
    },
  };
}
