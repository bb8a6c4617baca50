var Stream = require('stream').Stream

module.exports = function flatmap (mapper, opts) {
  var stream = new Stream()
  var inputs = 0, outputs = 0, ended = false, paused = false, destroyed = false
  stream.writable = true
  stream.readable = true

  stream.write = function (data) {
    if (ended) throw new Error('flatmap stream is not writable')
    inputs++
    try {
      mapper(data, function (err, arr) {
        if (destroyed) return
        if (err) return stream.emit('error', err)
        ;[].concat(arr || []).forEach(function (x) { stream.emit('data', x) })
        outputs++
        if (ended && inputs === outputs) done()
      })
      return !paused
    } catch (err) {
      stream.emit('error', err)
      return !paused
    }
  }

  function done (data) {
    ended = true
    stream.writable = false
    if (data !== undefined) return stream.write(data)
    stream.readable = false
    stream.emit('end')
    stream.destroy()
  }
  stream.end = function (data) { if (!ended) done(data) }
  stream.destroy = function () { ended = destroyed = true; process.nextTick(function () { stream.emit('close') }) }
  stream.pause = function () { paused = true }
  stream.resume = function () { paused = false }
  return stream
}
