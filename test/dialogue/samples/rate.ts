import type { ServiceForHer } from '../../../src/dialogue/errands/rate.ts';
import { BACK, chose, gave, NO, type Sample, said, start, YES } from './sample.ts';

const service = (service: ServiceForHer['service'], over: Partial<ServiceForHer> = {}): ServiceForHer => ({
  service,
  id: service,
  day: '2026-11-20',
  ...over,
});
const CASE = service('case', { matter: '老年优待证' });

export const rate: Sample = {
  starts: [
    start('rate'),
    start('rate', { rating: '1' }),
    start('rate', { about: 'praise' }),
    start('rate', { about: 'note' }),
  ],
  events: [
    { type: 'LOOKED' },
    { type: 'LOOKED', stands: 2 },
    ...[service('call'), service('call', { clerk: '赵敏' }), service('visit', { clerk: '赵敏' }), CASE].flatMap(
      (one) => [
        { type: 'LOOKED', one },
        { type: 'LOOKED', one, level: 5 },
        { type: 'LOOKED', one, other: true },
        { type: 'LOOKED', one, level: 5, other: true },
      ],
    ),
    { type: 'RATED', level: 1, already: false },
    { type: 'RATED', level: 5, already: false, ticketId: 'ticket', until: '2026-11-30' },
    { type: 'RATED', level: 2, already: true },
    { type: 'NOTED' },
    YES,
    NO,
    BACK,
    ...[0, 1, 5, -1, 9].map(chose),
    gave('rate', { rating: '5' }),
    gave('rate', { rating: '2', doubt: 'yes' }),
    gave('rate', { about: 'levels' }),
    gave('rate', { about: 'declines' }),
    gave('rate', { name: '赵敏' }),
    gave('rate'),
    said('等了一上午没人来'),
  ],
};
