import { type Push, untilOpened } from '../push.ts';

/** No official way from a skill to a device was found; the unofficial ones use the owner's password. */
export const createXiaoaiPush = (): Push => untilOpened('xiaoai');
