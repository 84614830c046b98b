/** One element of a matter, or of her own station, in reviewed words. */
import { elementTold, stationHours, stationNow, words } from './guide.facts.ts';
import { explaining } from './guide.setup.ts';

/** Each leaves for `told`. */
export const told = explaining.createStateConfig({
  states: {
    element: { entry: { type: 'say', params: ({ context }) => elementTold(context) }, always: 'told' },
    gist: {
      entry: { type: 'say', params: words('gist') },
      always: [
        { guard: 'hasPartner', target: 'partner' },
        { guard: 'aside', target: 'finished' },
        { target: 'offeringElements' },
      ],
    },
    /** Done along with another matter, in one go. */
    partner: {
      entry: {
        type: 'say',
        params: ({ context }) => ({ phrase: 'guide.partner', values: { matter: context.guide?.partner } }),
      },
      always: [{ guard: 'aside', target: 'finished' }, { target: 'offeringElements' }],
    },
    where: { entry: { type: 'say', params: words('where') }, always: 'told' },
    when: { entry: { type: 'say', params: words('when') }, always: 'told' },
    stationWhere: { entry: { type: 'say', params: words('stationWhere') }, always: 'told' },
    stationWhen: {
      entry: { type: 'say', params: ({ context }) => stationHours(context) },
      always: [{ guard: 'saysNow', target: 'stationNow' }, { target: 'told' }],
    },
    stationNow: {
      entry: { type: 'say', params: ({ context }) => stationNow(context) ?? stationHours(context) },
      always: 'told',
    },
    fee: { entry: { type: 'say', params: words('fee') }, always: 'told' },
    who: { entry: { type: 'say', params: words('who') }, always: 'told' },
    checking: {
      entry: { type: 'run', params: { effect: 'check' } },
      on: { CHECKED: { actions: 'keepCheck', target: 'eligibility' } },
    },
    eligibility: {
      entry: [
        { type: 'say', params: ({ context }) => context.eligibility ?? words('conditions')({ context }) },
        { type: 'say', params: words('amount') },
      ],
      always: 'told',
    },
    told: { always: [{ guard: 'aside', target: 'finished' }, { target: 'listening' }] },
  },
}).states;
