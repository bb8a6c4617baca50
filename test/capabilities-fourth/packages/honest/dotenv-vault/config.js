(function () {
  require('./lib/main').config(process.argv.reduce(function (acc, cur) {
    const m = cur.match(/^dotenv_config_(encoding|path|debug|override)=(.+)$/)
    if (m) acc[m[1]] = m[2]
    return acc
  }, {}))
})()
