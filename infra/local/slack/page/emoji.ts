// biome-ignore format: a table reads better than one line a name
const emoji: Readonly<Record<string, string>> = {
  '+1': '👍', '-1': '👎', thumbsup: '👍', thumbsdown: '👎', ok_hand: '👌', wave: '👋', clap: '👏', pray: '🙏',
  muscle: '💪', raised_hands: '🙌', point_right: '👉', point_down: '👇', eyes: '👀', smile: '😄', grin: '😁',
  slightly_smiling_face: '🙂', wink: '😉', thinking_face: '🤔', sob: '😭', scream: '😱', sweat_smile: '😅',
  sunglasses: '😎', heart: '❤️', broken_heart: '💔', tada: '🎉', sparkles: '✨', star: '⭐', fire: '🔥', boom: '💥',
  rocket: '🚀', rotating_light: '🚨', warning: '⚠️', no_entry: '⛔', no_entry_sign: '🚫', octagonal_sign: '🛑',
  construction: '🚧', exclamation: '❗', heavy_exclamation_mark: '❗', bangbang: '‼️', question: '❓',
  white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', heavy_multiplication_x: '✖️',
  red_circle: '🔴', large_orange_circle: '🟠', large_yellow_circle: '🟡', large_green_circle: '🟢',
  large_blue_circle: '🔵', large_purple_circle: '🟣', white_circle: '⚪', black_circle: '⚫', large_red_square: '🟥',
  large_green_square: '🟩', large_yellow_square: '🟨', bell: '🔔', no_bell: '🔕', mega: '📣', loudspeaker: '📢',
  speech_balloon: '💬', email: '📧', inbox_tray: '📥', link: '🔗', lock: '🔒', unlock: '🔓', key: '🔑', mag: '🔍',
  bulb: '💡', hammer: '🔨', wrench: '🔧', hammer_and_wrench: '🛠️', gear: '⚙️', package: '📦', memo: '📝',
  pencil2: '✏️', clipboard: '📋', books: '📚', book: '📖', bookmark: '🔖', label: '🏷️', calendar: '📆',
  clock1: '🕐', hourglass: '⌛', hourglass_flowing_sand: '⏳', stopwatch: '⏱️', alarm_clock: '⏰',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', bug: '🐛', robot_face: '🤖',
  busts_in_silhouette: '👥', bust_in_silhouette: '👤', office: '🏢', globe_with_meridians: '🌐', zap: '⚡',
  arrow_up: '⬆️', arrow_down: '⬇️', arrow_right: '➡️', arrow_left: '⬅️', recycle: '♻️', information_source: 'ℹ️',
  new: '🆕', ok: '🆗', sos: '🆘', zzz: '💤', coffee: '☕', trophy: '🏆', dart: '🎯', seedling: '🌱', snail: '🐌',
};

/** The character of a shortcode such as `tada`; undefined for one that this table does not have. */
export function emojiFor(name: string): string | undefined {
  return Object.hasOwn(emoji, name) ? emoji[name] : undefined;
}

/** A text with its shortcodes (`:tada:`) replaced; what is not known stays as it is. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (code, name: string) => emojiFor(name) ?? code);
}
