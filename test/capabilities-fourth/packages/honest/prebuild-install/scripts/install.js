const get = require('simple-get')
const fs = require('fs')
const os = require('os')
const path = require('path')
const tar = require('tar-fs')
const zlib = require('zlib')
const crypto = require('crypto')
const pkg = require('../package.json')
const checksums = require('./checksums.json')

const env = process.env
const platform = env.npm_config_platform || process.platform
const arch = env.npm_config_arch || os.arch()
const token = env.npm_config_token || env.GITHUB_TOKEN
const proxy = env.npm_config_https_proxy || env.HTTPS_PROXY

function cacheDir () {
  const home = env.npm_config_cache || (platform === 'win32' ? path.join(env.APPDATA, 'npm-cache') : path.join(os.homedir(), '.npm'))
  return path.join(home, '_prebuilds')
}

const name = `${pkg.name}-v${pkg.version}-napi-v8-${platform}-${arch}.tar.gz`
const host = env[`npm_config_${pkg.name}_binary_host`] || 'https://github.example.test/levelstore/levelstore/releases/download'
const url = `${host}/v${pkg.version}/${name}`

function fail (err) {
  console.warn('prebuild: no usable binary (%s), building from source', err.message)
  process.exit(1)
}

const reqOpts = { url, headers: { 'user-agent': 'levelstore-install' } }
if (token) reqOpts.headers.Authorization = 'token ' + token
if (proxy) reqOpts.agent = new (require('tunnel-agent').httpsOverHttp)({ proxy: new URL(proxy) })

const req = get(reqOpts, function (err, res) {
  if (err) return fail(err)
  if (res.statusCode !== 200) return fail(new Error('status ' + res.statusCode))
  fs.mkdirSync(cacheDir(), { recursive: true })
  const tmp = path.join(cacheDir(), `${process.pid}-${Math.random().toString(16).slice(2)}.tmp`)
  const hash = crypto.createHash('sha256')
  res.on('data', (c) => hash.update(c))
  res.pipe(fs.createWriteStream(tmp)).on('finish', function () {
    if (hash.digest('hex') !== checksums[name]) return fail(new Error('checksum mismatch'))
    fs.createReadStream(tmp).pipe(zlib.createGunzip()).pipe(tar.extract(path.join(__dirname, '..'))).on('finish', () => {
      try { require('..') } catch (e) { fail(e) }
    }).on('error', fail)
  }).on('error', fail)
})
req.setTimeout(30000, () => req.abort())
