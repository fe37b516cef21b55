-- One clock event a request, or an array of BATCH; each with a key of its own. Environment: KEYS (lines "device,key id,secret"),
-- SEED (hex digits that no other run uses), BATCH (0: a single event), GUARDS.
local counter = 0
local keys = {}
for line in io.lines(os.getenv("KEYS")) do
  local device, id, secret = line:match("([^,]+),([^,]+),([^,]+)")
  if device then keys[#keys + 1] = { device, "Device " .. id .. ":" .. secret } end
end
local batch, guards, seed = tonumber(os.getenv("BATCH")), tonumber(os.getenv("GUARDS")), os.getenv("SEED")
local threads = 0

function setup (thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function event (device)
  counter = counter + 1
  return string.format(
    '{"event_id":"%s-%04x-7%03x-8%03x-%012x","device_id":"%s","employee_no":"BG-%05d","ts":"2026-05-%02dT%02d:%02d:%02dZ","type":"%s"}',
    seed, number, 0, 0, counter, device, counter % guards + 1, counter % 28 + 1, counter % 24, counter % 60, (counter * 7) % 60,
    counter % 2 == 0 and "IN" or "OUT")
end

function request ()
  local key = keys[counter % #keys + 1]
  local body
  if batch == 0 then
    body = event(key[1])
  else
    local parts = {}
    for i = 1, batch do parts[i] = event(key[1]) end
    body = "[" .. table.concat(parts, ",") .. "]"
  end
  return wrk.format("POST", "/v1/clock-events", { ["Authorization"] = key[2], ["Content-Type"] = "application/json" }, body)
end
