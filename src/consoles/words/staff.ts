/** The words of staff, in the language that this browser reads; only that one is loaded. */
import { language } from './language.ts';

export const t = language === 'en' ? (await import('./staff.en.ts')).en : (await import('./staff.zh.ts')).zh;
