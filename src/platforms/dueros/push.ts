import { type Push, untilOpened } from '../push.ts';

/**
 * Reminders exist inside a reply only, and after the user's permission; the fields of the app's notification are not
 * published. So nothing is pushed: what is new is told when the skill is next opened.
 */
export const createDuerosPush = (): Push => untilOpened('dueros');
