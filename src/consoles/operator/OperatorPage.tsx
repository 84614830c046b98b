import { lazy, Suspense } from 'react';
import { StaffPage } from '../staff/StaffPage.tsx';
import { ListWaiting } from '../staff/states.tsx';
import { t } from '../words/operator.ts';
import './operator.css';
import { Sections } from './Sections.tsx';
import { Speakers } from './Speakers.tsx';
import { usePath } from './sections.ts';

const Overview = lazy(() => import('./Overview.tsx'));
const Register = lazy(() => import('./register/Register.tsx'));
const Install = lazy(() => import('./install/Install.tsx'));
const Firmware = lazy(() => import('./Firmware.tsx'));
const Partners = lazy(() => import('./Partners.tsx'));
const Messages = lazy(() => import('./Messages.tsx'));
const Labels = lazy(() => import('./Labels.tsx'));

/** The smart-community company's view: which speaker stands where, and whether it answers. */
export default function OperatorPage() {
  const [path, go] = usePath();
  return (
    <StaffPage title={t.speakersShort} roles={['operator']} tools={<Sections path={path} onGo={go} />}>
      {() => (
        <Suspense fallback={<ListWaiting rows={5} />}>
          <Section path={path} onGo={go} />
        </Suspense>
      )}
    </StaffPage>
  );
}

function Section({ path, onGo }: { path: string; onGo: (to: string) => void }) {
  switch (path) {
    case '/operator/overview':
      return <Overview onGo={onGo} />;
    case '/operator/register':
      return <Register onGo={onGo} />;
    case '/operator/install':
      return <Install />;
    case '/operator/firmware':
      return <Firmware />;
    case '/operator/partners':
      return <Partners />;
    case '/operator/messages':
      return <Messages />;
    case '/operator/labels':
      return <Labels />;
    default:
      return <Speakers onGo={onGo} />;
  }
}
