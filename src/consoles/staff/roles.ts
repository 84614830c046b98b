import type { Role } from '../rest/records.ts';
import { t } from '../words/staff.ts';

export const roleWords: Record<Role, string> = {
  clerk: t.clerk,
  supervisor: t.supervisor,
  operator: t.operator,
  officer: t.contentOfficer,
  auditor: t.auditor,
  security: t.securityAdministrator,
};

/** For a choice of one. */
export const ROLE_CHOICES = Object.entries(roleWords).map(([value, label]) => ({ value, label }));

/** Where each role works. */
export const pageOfRole: Record<Role, { path: string; name: string }> = {
  clerk: { path: '/clerk', name: t.windowDesk },
  supervisor: { path: '/clerk', name: t.windowDesk },
  operator: { path: '/operator', name: t.speakers },
  officer: { path: '/office', name: t.policiesGuides },
  auditor: { path: '/office', name: t.auditRecords },
  security: { path: '/office', name: t.accounts },
};

/** Further pages that a role works at. */
export const alsoAt: Partial<Record<Role, { path: string; name: string }[]>> = {
  supervisor: [{ path: '/office', name: t.boardResidents }],
};

/** What a page is to whoever works there: at the office each role does something else. */
export const nameAt = (path: string, role: Role): string | undefined =>
  [pageOfRole[role], ...(alsoAt[role] ?? [])].find((one) => one.path === path)?.name;

/** Whether a role works at this path or below it. */
export const worksAt = (role: Role, path: string): boolean =>
  [pageOfRole[role], ...(alsoAt[role] ?? [])].some((one) => `${path}/`.startsWith(`${one.path}/`));
