import { Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { DeskProvider, useDeskLine, useLive } from '../live/useLive.ts';
import { useReadiness } from '../rest/readiness.ts';
import type { Session } from '../rest/records.ts';
import { useSession } from '../rest/session.ts';
import { StaffPage } from '../staff/StaffPage.tsx';
import { useQueryState } from '../staff/useQueryState.ts';
import { Applications } from './Applications.tsx';
import { Bookings } from './Bookings.tsx';
import { Board } from './board/Board.tsx';
import { Listening } from './board/Listening.tsx';
import { Callbacks } from './Callbacks.tsx';
import { Cases } from './Cases.tsx';
import { CallDesk } from './call/CallDesk.tsx';
import { Ringing } from './call/Ringing.tsx';
import { sweepNotes } from './call/useNotes.ts';
import './call/call.css';
import './clerk.css';
import { t } from '../words/clerk.ts';
import { DayHead } from './DayHead.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { Me } from './Me.tsx';
import { PresenceSwitch } from './PresenceSwitch.tsx';
import { Tabs } from './Tabs.tsx';
import { Tickets } from './Tickets.tsx';
import { useDesk } from './useDesk.ts';
import { useKeys } from './useKeys.ts';
import { Visits } from './Visits.tsx';

const ROLES = ['clerk', 'supervisor'] as const;

/** The station clerk's day: who rings, who is to be called, who comes, what is on the way. */
export default function ClerkPage() {
  const { data: session } = useSession();
  const works = session && ROLES.some((role) => role === session.role) && !session.mustChangePassword;
  const served = useReadiness(60_000).data?.live === true;
  const desk = useLive(works && served ? session.person.id : undefined);
  return (
    <DeskProvider value={desk}>
      <StaffPage title={t.windowDesk} roles={[...ROLES]} tools={<PresenceSwitch />}>
        {(signedIn) => <Desk session={signedIn} />}
      </StaffPage>
    </DeskProvider>
  );
}

/** A supervisor looks at the whole telephone first, and may work at a desk like anybody. */
function Desk({ session }: { session: Session }) {
  const [view, setView] = useQueryState(['view']);
  const { live } = useDeskLine();
  if (session.role !== 'supervisor') return <Day session={session} />;
  const board = view.view !== 'desk';
  return (
    <>
      <Segmented
        className="board-switch"
        aria-label={t.whatLookAt}
        options={[
          { value: 'board', label: t.board },
          { value: 'desk', label: t.desk },
        ]}
        value={board ? 'board' : 'desk'}
        onChange={(value) => setView({ view: value === 'desk' ? 'desk' : undefined })}
      />
      {board && live.call ? <Listening call={live.call} /> : null}
      {board ? <Board /> : <Day session={session} />}
    </>
  );
}

function Day({ session }: { session: Session }) {
  const [desk, setDesk] = useDesk();
  const [helping, setHelping] = useState(false);
  const { live } = useDeskLine();
  const keys = useKeys({ onDesk: setDesk, onHelp: () => setHelping((shown) => !shown) });
  useEffect(() => sweepNotes(), []);
  return (
    <>
      <Ringing />
      {live.call ? <CallDesk key={live.call.call} call={live.call} /> : null}
      <DayHead onHelp={() => setHelping(true)} />
      <div className="desks" data-desk={desk}>
        <Callbacks />
        <Bookings ownPlace={session.place?.id} />
        <Cases />
        <Visits />
        <Tickets />
        <Applications />
        <Me session={session} onHelp={() => setHelping(true)} />
      </div>
      <Tabs desk={desk} onDesk={setDesk} />
      <HelpSheet open={helping} onClose={() => setHelping(false)} keys={keys} />
    </>
  );
}
