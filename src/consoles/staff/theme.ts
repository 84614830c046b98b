import type { ThemeConfig } from 'antd';

const sans =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';

/** The palette of design/tokens.css for antd, which cannot derive its shades from CSS variables. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d6b5a',
    colorInfo: '#2a5d86',
    colorSuccess: '#1d6b5a',
    colorWarning: '#845400',
    colorError: '#a6341f',
    colorLink: '#1d6b5a',
    colorLinkHover: '#124b3f',
    colorLinkActive: '#124b3f',
    colorTextBase: '#1f2d28',
    colorTextSecondary: '#45534d',
    colorTextTertiary: '#5a6761',
    colorTextDescription: '#5a6761',
    colorTextPlaceholder: '#66726c',
    colorBgBase: '#fffefc',
    colorBgLayout: '#f4f2ec',
    colorSuccessBg: '#e1eee8',
    colorSuccessBorder: '#b5d3c7',
    colorWarningBg: '#fbefd6',
    colorWarningBorder: '#e6cf9c',
    colorErrorBg: '#fbe7e1',
    colorErrorBorder: '#ecc3b8',
    colorInfoBg: '#e5eef5',
    colorInfoBorder: '#bcd3e4',
    colorBorder: '#c9c9be',
    colorBorderSecondary: '#e6e2d8',
    borderRadius: 10,
    borderRadiusLG: 14,
    fontFamily: sans,
    fontSize: 15,
    controlHeight: 38,
    controlHeightLG: 48,
    wireframe: false,
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Table: {
      headerBg: '#f6f3eb',
      headerColor: '#45534d',
      rowHoverBg: '#f0f6f2',
      rowSelectedBg: '#e6f1ec',
      rowSelectedHoverBg: '#dcebe4',
      cellPaddingBlock: 14,
    },
    Segmented: { trackBg: '#ebe8df', itemSelectedBg: '#fffefc', itemSelectedColor: '#124b3f', itemColor: '#45534d' },
    Drawer: { paddingLG: 28 },
    Tag: { defaultBg: '#ebe8df', defaultColor: '#45534d' },
  },
};
