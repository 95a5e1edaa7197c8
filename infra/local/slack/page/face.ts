import type { StandInUser } from '../workspace.ts';
import { type Markup, markup } from './markup.ts';

/** A person's initials on a colour of their own. */
export function renderFace({ id, name }: Pick<StandInUser, 'id' | 'name'>, kind = 'face'): Markup {
  const initials = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);
  const tint = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
  return markup`<i class="${kind} tint-${tint}" aria-hidden="true">${initials}</i>`;
}
