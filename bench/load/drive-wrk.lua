-- Sends the requests of a file (each behind its length) in an order of chance; prints the result as one line of JSON.
local requests = {}
local place = 'idempotency-key-00000000000000000000'
local run, sent = '', 0

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  while true do
    local length = file:read('*n')
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  math.randomseed(os.time())
  run = string.format('idempotency-key-%010d', os.time())
end

function request()
  local text = requests[math.random(#requests)]
  local from, to = text:find(place, 1, true)
  if not from then return text end
  sent = sent + 1
  return text:sub(1, from - 1) .. run .. string.format('%010d', sent) .. text:sub(to + 1)
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  local line = 'RESULT {"requestsPerSecond":%.1f,"answered":%d,"failed":%d,"p50":%.3f,"p99":%.3f}\n'
  io.write(string.format(line, summary.requests / (summary.duration / 1e6), summary.requests, failed,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
