/** The words of antd itself, in the same language. */
import { language } from './language.ts';

const loaded = language === 'en' ? await import('antd/locale/en_US') : await import('antd/locale/zh_CN');
export const antdWords = loaded.default;
