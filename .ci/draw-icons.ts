import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Draws the PNG icons of the installed app from `public/icons/looplab.svg`; run after the SVG has changed. */
const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));
const svg = readFileSync('public/icons/looplab.svg', 'utf8');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** A maskable icon is cut to any shape, so the sign keeps to the middle four fifths of a full ground. */
async function draw(file: string, size: number, maskable: boolean): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const inner = maskable ? Math.round(size * 0.8) : size;
  await page.setContent(
    `<style>body{margin:0;display:grid;place-items:center;block-size:${size}px;background:${maskable ? '#00629b' : 'transparent'}}svg{inline-size:${inner}px;block-size:${inner}px}</style>${svg}`,
  );
  writeFileSync(`public/icons/${file}`, await page.screenshot({ omitBackground: true }));
  await page.close();
}

await draw('looplab-192.png', 192, false);
await draw('looplab-512.png', 512, false);
await draw('looplab-maskable-512.png', 512, true);
await browser.close();
