#!/usr/bin/env node
/**
 * Downloads the browser that this release was tested with.
 */
try {
  const { downloadBrowser } = await import('./lib/install.js');
  await downloadBrowser();
} catch (error) {
  console.warn('Skipping browser installation because the build is not available. Run `npm install` again after you have re-built.', error);
}
