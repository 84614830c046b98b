import { Button } from 'antd';
import { language, OTHER, readIn } from '../words/language.ts';

/** The other language, named in itself. The page opens again in it. */
export function LanguageSwitch() {
  const other = OTHER[language];
  return (
    <Button type="text" className="frame-language" lang={other.tag} onClick={() => readIn(other.language)}>
      {other.name}
    </Button>
  );
}
