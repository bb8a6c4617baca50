var fs = require('fs')
var path = require('path')
var os = require('os')

// Workaround to fix webpack's build warnings: 'the request of a dependency is an expression'
var runtimeRequire = typeof __webpack_require__ === 'function' ? __non_webpack_require__ : require // eslint-disable-line

var vars = (process.config && process.config.variables) || {}
var prebuildsOnly = !!process.env.PREBUILDS_ONLY
var abi = process.versions.modules
var runtime = isElectron() ? 'electron' : 'node'
var arch = process.env.npm_config_arch || os.arch()
var platform = process.env.npm_config_platform || os.platform()
var libc = process.env.LIBC || (isAlpine(platform) ? 'musl' : 'glibc')
var armv = process.env.ARM_VERSION || (arch === 'arm64' ? '8' : vars.arm_version) || ''

module.exports = load

function load (dir) {
  return runtimeRequire(load.resolve(dir))
}

load.resolve = load.path = function (dir) {
  dir = path.resolve(dir || '.')
  try {
    var name = runtimeRequire(path.join(dir, 'package.json')).name.toUpperCase().replace(/-/g, '_')
    if (process.env[name + '_PREBUILD']) dir = process.env[name + '_PREBUILD']
  } catch (err) {}

  if (!prebuildsOnly) {
    var release = getFirst(path.join(dir, 'build/Release'), matchBuild)
    if (release) return release
    var debug = getFirst(path.join(dir, 'build/Debug'), matchBuild)
    if (debug) return debug
  }
  var prebuild = resolve(dir)
  if (prebuild) return prebuild
  var nearby = resolve(path.dirname(process.execPath))
  if (nearby) return nearby

  throw new Error('No native build was found for platform=' + platform + ' arch=' + arch + ' runtime=' + runtime + ' abi=' + abi + ' libc=' + libc + ' armv=' + armv + '\n    loaded from: ' + dir + '\n')
}

function resolve (dir) {
  var tuples = readdirSync(path.join(dir, 'prebuilds'))
  var tuple = tuples.filter(function (t) { return t.split('-')[0] === platform && t.split('-')[1].split('+').includes(arch) })[0]
  if (!tuple) return
  var prebuilds = path.join(dir, 'prebuilds', tuple)
  var winner = readdirSync(prebuilds).filter(function (f) { return /\.node$/.test(f) && f.includes(runtime) })[0]
  if (winner) return path.join(prebuilds, winner)
}

function readdirSync (dir) {
  try {
    return fs.readdirSync(dir)
  } catch (err) {
    return []
  }
}

function getFirst (dir, filter) {
  var files = readdirSync(dir).filter(filter)
  return files[0] && path.join(dir, files[0])
}

function matchBuild (name) {
  return /\.node$/.test(name)
}

function isElectron () {
  if (process.versions && process.versions.electron) return true
  if (process.env.ELECTRON_RUN_AS_NODE) return true
  return typeof window !== 'undefined' && window.process && window.process.type === 'renderer'
}

function isAlpine (platform) {
  return platform === 'linux' && fs.existsSync('/etc/alpine-release')
}
