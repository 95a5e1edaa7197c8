import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Where the pictures go for whoever wants to look at them; git ignores it. */
const pictures = join(import.meta.dirname, 'screenshots');

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;

const schemes = ['light', 'dark'] as const;

/** What only colours can spoil. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * Judging takes most of the time that a look takes. Everything is judged once, where there is least room, and the colours
 * once more in the dark, where there is most.
 */
const judged = new Map([
  ['phone-light', undefined],
  ['desktop-dark', colourRules],
]);

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Looks at a page on a phone and on a desk, in light and in dark, and takes a picture of each. What axe finds comes back,
 * and whether it has to be pushed aside to be read.
 */
export async function look(page: Page, name: string): Promise<string[]> {
  mkdirSync(pictures, { recursive: true });
  const found: string[] = [];
  for (const [device, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    if (await isTooWide(page)) found.push(`${name}: has to be scrolled sideways on a ${device}`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const variant = `${device}-${colorScheme}`;
      const where = `${name}-${variant}`;
      const findings = judged.has(variant) ? await axeFindings(page, judged.get(variant)) : [];
      found.push(...findings.map((finding) => `${where}: ${finding}`));
      await page.screenshot({ path: join(pictures, `${where}.png`), fullPage: true, animations: 'disabled' });
    }
  }
  return found;
}

function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

async function axeFindings(page: Page, rules: readonly string[] | undefined): Promise<string[]> {
  // Evaluated and not added to the page, whose policy lets no script in.
  await page.evaluate(`window.axe === undefined && (() => { ${axeSource} })()`);
  const options = { resultTypes: ['violations'], ...(rules !== undefined && { runOnly: rules }) };
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
