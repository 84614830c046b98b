import type { Role } from '../rest/records.ts';
import { t } from '../words/staff.ts';
import { pageOfRole } from './roles.ts';
import { StaffPage } from './StaffPage.tsx';

const EVERYBODY = Object.keys(pageOfRole) as Role[];

/** Signing in without a page in mind: each role goes on to its own. */
export default function SignInPage() {
  return (
    <StaffPage title={t.sign} roles={EVERYBODY}>
      {({ role }) => {
        location.replace(pageOfRole[role].path);
        return null;
      }}
    </StaffPage>
  );
}
