package spec

import (
	"strconv"
	"strings"
)

// moment is what is left of a timestamp while it is read.
type moment struct {
	rest string
	ok   bool
}

func (m *moment) number(digits int) int64 {
	if !m.ok || len(m.rest) < digits || !isDigits(m.rest[:digits]) {
		m.ok = false
		return 0
	}
	value, err := strconv.ParseInt(m.rest[:digits], 10, 64)
	m.ok = err == nil
	m.rest = m.rest[digits:]
	return value
}

func (m *moment) literal(wanted string) {
	rest, ok := strings.CutPrefix(m.rest, wanted)
	m.ok = m.ok && ok
	m.rest = rest
}

func (m *moment) after(wanted string, digits int) int64 {
	m.literal(wanted)
	return m.number(digits)
}

func (m *moment) fraction() int64 {
	rest, ok := strings.CutPrefix(m.rest, ".")
	if !ok {
		return 0
	}
	digits, rest := splitDigits(rest)
	if digits == "" || len(digits) > 9 {
		m.ok = false
		return 0
	}
	m.rest = (digits + "000000000")[:9]
	value := m.number(9)
	m.rest = rest
	return value
}

func (m *moment) zone() int64 {
	if m.rest == "Z" {
		return 0
	}
	sign := int64(1)
	if hasPrefix(m.rest, "-") {
		sign = -1
		m.literal("-")
	} else {
		m.literal("+")
	}
	hours := m.number(2)
	minutes := m.after(":", 2)
	m.ok = m.ok && hours <= 23 && minutes <= 59 && m.rest == ""
	return sign * (hours*60 + minutes)
}

func readTimestamp(text string) (Magnitude, string) {
	m := &moment{text, true}
	year := m.number(4)
	month := m.after("-", 2)
	day := m.after("-", 2)
	hour := m.after("T", 2)
	minute := m.after(":", 2)
	second := m.after(":", 2)
	nanos := m.fraction()
	offset := m.zone()
	switch {
	case !m.ok:
		return Magnitude{}, quoteScalar(text) + " is not of the form `2026-11-23T12:50:00Z`"
	case month < 1 || month > 12 || day < 1 || day > daysIn(year, month):
		return Magnitude{}, quoteScalar(text) + " names a day that does not exist"
	case hour > 23 || minute > 59 || second > 59:
		return Magnitude{}, quoteScalar(text) + " names a time of day that does not exist"
	}
	seconds := ((days(year, month, day)*24+hour)*60+minute-offset)*60 + second
	if seconds < days(0, 1, 1)*86400 || seconds >= days(10000, 1, 1)*86400 {
		return Magnitude{}, quoteScalar(text) + " lies outside of the years 0 to 9999 in UTC"
	}
	return Magnitude{Kind: Moment, Whole: seconds, Nanos: nanos}, ""
}

func daysIn(year, month int64) int64 {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	default:
		return 31
	}
}

// days are the days from 1970-01-01 to a day; negative before it.
func days(year, month, day int64) int64 {
	// Years that begin in March end with the leap day.
	if month <= 2 {
		year--
	}
	floor := func(a, b int64) int64 {
		if a < 0 {
			return -((-a + b - 1) / b)
		}
		return a / b
	}
	leaps := floor(year, 4) - floor(year, 100) + floor(year, 400)
	return year*365 + leaps + (153*((month+9)%12)+2)/5 + day - 1 - 719468
}

// cronBounds are what a field of a schedule may hold.
type cronBounds struct {
	name        string
	least, most int64
	names       []string
}

var cronFields = []cronBounds{
	{"second", 0, 59, nil},
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day of month", 1, 31, nil},
	{"month", 1, 12, []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{"day of week", 0, 6, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

func checkCron(text string) string {
	if text == "" {
		return "the schedule is empty"
	}
	named, ok := strings.CutPrefix(text, "TZ=")
	if !ok {
		named, ok = strings.CutPrefix(text, "CRON_TZ=")
	}
	if !ok {
		return checkCronTime(text)
	}
	zone, rest, found := strings.Cut(named, " ")
	if !found {
		return quoteScalar(text) + " has a time zone and nothing else"
	}
	if zone == "" {
		zone = "UTC"
	}
	if zone != "Local" && !strings.Contains(timeZones, "\n"+zone+"\n") {
		return quoteScalar(zone) + " is no time zone"
	}
	return checkCronTime(strings.TrimFunc(rest, isSpace))
}

func checkCronTime(text string) string {
	switch text {
	case "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly":
		return ""
	}
	if word, ok := strings.CutPrefix(text, "@"); ok {
		duration, every := strings.CutPrefix(word, "every ")
		if !every {
			return quoteScalar(text) + " is no named schedule"
		}
		_, problem := readGoDuration(duration)
		return problem
	}
	fields := strings.FieldsFunc(text, isSpace)
	if len(fields) == 5 {
		fields = append([]string{"0"}, fields...)
	}
	if len(fields) != 6 {
		plural := "s"
		if len(fields) == 1 {
			plural = ""
		}
		return quoteScalar(text) + " has " + strconv.Itoa(len(fields)) + " field" + plural + ", not 5 or 6"
	}
	for at, field := range fields {
		for _, entry := range strings.Split(field, ",") {
			if entry == "" {
				continue
			}
			if problem := checkCronEntry(entry, &cronFields[at]); problem != "" {
				return "the " + cronFields[at].name + " field: " + problem
			}
		}
	}
	return ""
}

// checkCronEntry: *, ?, a number, two with -; a step behind /.
func checkCronEntry(entry string, bounds *cronBounds) string {
	halves := strings.Split(entry, "/")
	ends := strings.Split(halves[0], "-")
	from, to := bounds.least, bounds.most
	if ends[0] != "*" && ends[0] != "?" {
		var problem string
		if from, problem = bounds.number(ends[0]); problem != "" {
			return problem
		}
		switch len(ends) {
		case 1:
			to = from
		case 2:
			if to, problem = bounds.number(ends[1]); problem != "" {
				return problem
			}
		default:
			return quoteScalar(entry) + " has too many hyphens"
		}
	}
	step := int64(1)
	switch len(halves) {
	case 1:
	case 2:
		var problem string
		if step, problem = cronNumber(halves[1]); problem != "" {
			return problem
		}
		if len(ends) == 1 {
			to = bounds.most
		}
	default:
		return quoteScalar(entry) + " has too many slashes"
	}
	switch {
	case from < bounds.least || to > bounds.most:
		return quoteScalar(entry) + " is not within " + strconv.FormatInt(bounds.least, 10) + " to " + strconv.FormatInt(bounds.most, 10)
	case from > to:
		return quoteScalar(entry) + " ends before it starts"
	case step == 0:
		return quoteScalar(entry) + " has the step 0"
	}
	return ""
}

func (b *cronBounds) number(text string) (int64, string) {
	small := lower(text)
	for at, name := range b.names {
		if name == small {
			return b.least + int64(at), ""
		}
	}
	return cronNumber(text)
}

func cronNumber(text string) (int64, string) {
	value, fault := atoi(text)
	switch {
	case fault == tooBig:
		return 0, quoteScalar(text) + " is too big"
	case fault == malformed:
		return 0, quoteScalar(text) + " is no number"
	case value < 0:
		return 0, quoteScalar(text) + " is negative"
	}
	return value, ""
}
