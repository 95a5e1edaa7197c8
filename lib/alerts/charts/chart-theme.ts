/**
 * The picture is laid out for the 360 points that a phone gives it, and drawn three times as large. It brings its own
 * card, because Slack may be light or dark around it.
 */
export const chartSize = { width: 400, height: 256, scale: 3 } as const;

/** The name by which the font is known that is bundled with the pictures. */
export const fontFamily = 'DejaVu Sans';

/** Where things are, in layout pixels. */
export const layout = {
  margin: 14,
  titleTop: 12,
  subtitleTop: 33,
  marksTop: 52,
  plotTop: 68,
  plotBottom: 214,
  footerTop: 235,
} as const;

/** Font sizes. */
export const fonts = {
  title: { size: 14.5, bold: true },
  subtitle: { size: 11 },
  axis: { size: 10.5 },
  label: { size: 10 },
  labelBold: { size: 10, bold: true },
  words: { size: 13 },
} as const;

/** Colours of at least 4.5:1 against the card where they are text. */
export const colors = {
  card: '#ffffff',
  cardEdge: '#d5d9e0',
  title: '#1d1c1d',
  text: '#545d69',
  grid: '#e8ebef',
  axis: '#aab2bd',
  line: '#2563c4',
  area: '#2563c4',
  beyond: '#cf222e',
  critical: '#cf222e',
  warning: '#9a5b00',
  resolve: '#1a7f37',
  incident: '#cf222e',
  gap: '#eef0f3',
  release: '#6f42c1',
  deploy: '#0b7285',
} as const;
