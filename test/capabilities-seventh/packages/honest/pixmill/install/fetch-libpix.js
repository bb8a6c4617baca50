'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const stream = require('stream');
const zlib = require('zlib');
const crypto = require('crypto');
const https = require('https');
const detectLibc = require('detect-libc');
const tarFs = require('tar-fs');
const { config } = require('../package.json');

const platformAndArch = () => {
  const libc = detectLibc.familySync() === 'musl' ? 'musl' : '';
  return `${process.env.npm_config_platform || process.platform}${libc}-${process.env.npm_config_arch || os.arch()}`;
};

const cachePath = () => {
  const base = process.env.npm_config_cache || path.join(os.homedir(), '.npm');
  const dir = path.join(base, '_libpix');
  fs.mkdirSync(dir, { recursive: true });
  return dir;
};

const log = (m) => console.log(`pixmill: ${m}`);

const verifyIntegrity = (platform) => {
  const expected = config[`integrity-${platform}`];
  const hash = crypto.createHash('sha512');
  return new stream.Transform({
    transform(chunk, enc, done) { hash.update(chunk); done(null, chunk); },
    flush(done) {
      const digest = `sha512-${hash.digest('base64')}`;
      if (expected !== digest) {
        log(`Expected integrity ${expected}, received ${digest}`);
        return done(new Error(`Integrity check failed for ${platform}`));
      }
      log(`Integrity check passed for ${platform}`);
      done();
    },
  });
};

const extract = (tarPath, platform) => {
  const vendor = path.join(__dirname, '..', 'vendor', config.libpix, platform);
  fs.mkdirSync(vendor, { recursive: true });
  stream.pipeline(fs.createReadStream(tarPath), verifyIntegrity(platform), new zlib.BrotliDecompress(), tarFs.extract(vendor), (err) => {
    if (err) { fs.rmSync(tarPath, { force: true }); log(err.message); process.exit(1); }
  });
};

try {
  const platform = platformAndArch();
  if (!config[`integrity-${platform}`]) throw new Error(`No prebuilt binaries for ${platform}, building from source`);
  const host = process.env.npm_config_pixmill_libpix_binary_host || 'https://binaries.pixmill.example.test';
  const file = `libpix-${config.libpix}-${platform}.tar.br`;
  const tarPath = path.join(cachePath(), file);
  if (fs.existsSync(tarPath)) { log(`Using cached ${tarPath}`); extract(tarPath, platform); } else {
    log(`Downloading ${host}/${file}`);
    const tmp = path.join(os.tmpdir(), `${process.pid}-${file}`);
    https.get(`${host}/v${config.libpix}/${file}`, (res) => {
      if (res.statusCode !== 200) { log(`Status ${res.statusCode}`); process.exit(1); }
      res.pipe(fs.createWriteStream(tmp)).on('close', () => {
        try { fs.renameSync(tmp, tarPath); } catch { fs.copyFileSync(tmp, tarPath); fs.unlinkSync(tmp); }
        extract(tarPath, platform);
      });
    }).on('error', (e) => { log(e.message); process.exit(1); });
  }
} catch (err) {
  log(err.message);
  process.exit(1);
}
