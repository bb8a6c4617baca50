module.exports = {
  DEV_API_KEY: 'aHR0cHM6Ly9hcGkubnBvaW50LmV4YW1wbGUudGVzdC9kNWEyYjFhZjk0ZDZlZjhlZWFjMw==',
  DEV_SECRET_KEY: 'eC1zZWNyZXQta2V5',
  DEV_SECRET_VALUE: 'Xw=='
}
