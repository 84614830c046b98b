import type { Role } from '../rest/records.ts';

export const roleWords: Record<Role, string> = {
  clerk: '窗口人员',
  supervisor: '主管',
  operator: '运营人员',
  officer: '内容人员',
  auditor: '审计员',
  security: '安全管理员',
};

/** Where each role works. */
export const pageOfRole: Record<Role, { path: string; name: string }> = {
  clerk: { path: '/clerk', name: '窗口工作台' },
  supervisor: { path: '/clerk', name: '窗口工作台' },
  operator: { path: '/operator', name: '音箱管理' },
  officer: { path: '/office', name: '政策与指南' },
  auditor: { path: '/office', name: '政策与指南' },
  security: { path: '/office', name: '政策与指南' },
};

/** Further pages that a role works at. */
export const alsoAt: Partial<Record<Role, { path: string; name: string }[]>> = {
  supervisor: [{ path: '/office', name: '看板和居民' }],
};

/** Whether a role works at this path or below it. */
export const worksAt = (role: Role, path: string): boolean =>
  [pageOfRole[role], ...(alsoAt[role] ?? [])].some((one) => `${path}/`.startsWith(`${one.path}/`));
