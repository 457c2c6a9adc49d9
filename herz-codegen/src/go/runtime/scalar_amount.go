package spec

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"
)

var timeUnits = map[string]uint64{
	"h": 3600000000000, "m": 60000000000, "s": 1000000000, "ms": 1000000, "us": 1000, "µs": 1000, "μs": 1000, "ns": 1,
}

// readGoDuration is time.ParseDuration, step for step, with messages of our own.
func readGoDuration(text string) (int64, string) {
	const limit = uint64(1) << 63
	tooLong := func() (int64, string) {
		return 0, quoteScalar(text) + " is longer than 64 bits of nanoseconds"
	}
	negative, rest := splitSign(text)
	if rest == "0" {
		return 0, ""
	}
	if rest == "" {
		return 0, quoteScalar(text) + " has no number"
	}
	var sum uint64
	for rest != "" {
		whole, after := splitDigits(rest)
		fraction := ""
		if behind, ok := strings.CutPrefix(after, "."); ok {
			fraction, after = splitDigits(behind)
		}
		if whole == "" && fraction == "" {
			if len(rest) == len(text) {
				return 0, quoteScalar(text) + " does not start with a number"
			}
			return 0, quoteScalar(rest) + " stands in " + quoteScalar(text) + " where a number should"
		}
		var unit string
		unit, rest = untilNumber(after)
		if unit == "" {
			if len(whole) == len(text) || len(text) == len(whole)+1 {
				return 0, quoteScalar(text) + " has no unit"
			}
			return 0, "a number in " + quoteScalar(text) + " has no unit"
		}
		nanos, known := timeUnits[unit]
		if !known {
			return 0, quoteScalar(unit) + " in " + quoteScalar(text) + " is no unit of time"
		}
		count, ok := wholeNumber(whole)
		if !ok || count > limit/nanos {
			return tooLong()
		}
		part := count*nanos + fractionNanos(fraction, nanos)
		if part > limit {
			return tooLong()
		}
		sum += part
		if sum > limit {
			return tooLong()
		}
	}
	if negative {
		return -int64(sum), ""
	}
	if sum > math.MaxInt64 {
		return tooLong()
	}
	return int64(sum), ""
}

// wholeNumber gives digits as a number up to 2^63.
func wholeNumber(digits string) (uint64, bool) {
	var value uint64
	for at := 0; at < len(digits); at++ {
		if value > (1<<63)/10 {
			return 0, false
		}
		value = value*10 + uint64(digits[at]-'0')
		if value > 1<<63 {
			return 0, false
		}
	}
	return value, true
}

// fractionNanos gives the nanoseconds of digits behind a point, in floating point as Go does.
func fractionNanos(digits string, unit uint64) uint64 {
	var value uint64
	scale := 1.0
	for at := 0; at < len(digits); at++ {
		if value > (1<<63-1)/10 {
			break
		}
		next := value*10 + uint64(digits[at]-'0')
		if next > 1<<63 {
			break
		}
		value = next
		scale *= 10
	}
	if value == 0 {
		return 0
	}
	return uint64(float64(value) * (float64(unit) / scale))
}

func readDuration(text string) (Magnitude, string) {
	if hasPrefix(text, "-") || hasPrefix(text, "+") {
		return Magnitude{}, quoteScalar(text) + " has a sign"
	}
	if text == "0" {
		return Magnitude{}, "`0` has no unit"
	}
	if strings.ContainsAny(text, "µμ") {
		return Magnitude{}, quoteScalar(text) + " is not plain ASCII: microseconds are `us`"
	}
	barePoint := false
	for _, number := range strings.FieldsFunc(text, func(c rune) bool { return c != '.' && (c < '0' || c > '9') }) {
		if whole, fraction, ok := strings.Cut(number, "."); ok && (!isDigits(whole) || fraction == "") {
			barePoint = true
		}
	}
	nanos, problem := readGoDuration(text)
	if problem == "" && barePoint {
		problem = quoteScalar(text) + " lacks a digit beside its point"
	}
	return Magnitude{Kind: Nanoseconds, Whole: nanos}, problem
}

func readPercent(text string) (Magnitude, string) {
	number, ok := strings.CutSuffix(text, "%")
	if !ok {
		return Magnitude{}, quoteScalar(text) + " has no percent sign at its end"
	}
	decimal, rest := splitDecimal(number)
	if decimal == "" || rest != "" || hasPrefix(decimal, ".") || strings.HasSuffix(decimal, ".") {
		return Magnitude{}, quoteScalar(text) + " is no number with a percent sign"
	}
	whole, fraction, _ := strings.Cut(decimal, ".")
	whole = strings.TrimLeft(whole, "0")
	fits := len(whole) < 3 || whole == "100" && strings.Trim(fraction, "0") == ""
	value, err := strconv.ParseFloat(decimal, 64)
	if err != nil || !fits || value > 100 {
		return Magnitude{}, quoteScalar(text) + " is more than 100%"
	}
	return Magnitude{Kind: Percentage, Amount: value}, ""
}

// parseFloat is strconv.ParseFloat; why a text is no number.
func parseFloat(text string, bits int) (float64, fault) {
	value, err := strconv.ParseFloat(text, bits)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, tooBig
	case err != nil:
		return 0, malformed
	}
	return value, fine
}

func readGoFloat(text string) (float64, string) {
	value, fault := parseFloat(text, 32)
	switch {
	case fault == tooBig:
		return 0, quoteScalar(text) + " is too big for a 32-bit number"
	case fault == malformed && strings.HasSuffix(text, "%"):
		return 0, quoteScalar(text) + " has a percent sign"
	case fault == malformed:
		return 0, quoteScalar(text) + " is no number"
	}
	return value, ""
}

func atMost100(text string, value float64, problem string) (Magnitude, string) {
	if problem == "" && value > 100 {
		problem = quoteScalar(text) + " is more than 100"
	}
	return Magnitude{Kind: Percentage, Amount: value}, problem
}

type product uint8

const (
	whole product = iota
	broken
	overflow
)

// multiply gives decimal * factor if it is a whole number of 64 bits, without rounding.
func multiply(decimal string, factor uint64) (uint64, product) {
	digits, fraction, _ := strings.Cut(decimal, ".")
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > 60 {
		return 0, broken
	}
	if digits != "" {
		if _, err := strconv.ParseUint(digits, 10, 64); err != nil {
			return 0, overflow
		}
	}
	value, _ := new(big.Int).SetString("0"+digits+fraction, 10)
	value.Mul(value, new(big.Int).SetUint64(factor))
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(fraction))), nil)
	result, rest := new(big.Int).QuoRem(value, scale, new(big.Int))
	if rest.Sign() != 0 {
		return 0, broken
	}
	if !result.IsUint64() {
		return 0, overflow
	}
	return result.Uint64(), whole
}

// splitNumber takes a plain decimal with a digit on both sides of its point from the start.
func splitNumber(text string) (decimal, unit, problem string) {
	decimal, unit = splitDecimal(text)
	if decimal == "" {
		return "", "", quoteScalar(text) + " does not start with a number"
	}
	if hasPrefix(decimal, ".") || strings.HasSuffix(decimal, ".") || hasPrefix(unit, ".") {
		return "", "", quoteScalar(text) + " lacks a digit beside its point"
	}
	return decimal, unit, ""
}

var sizeUnits = map[string]uint64{
	"EiB": 1 << 60, "EB": 1e18, "PiB": 1 << 50, "PB": 1e15, "TiB": 1 << 40, "TB": 1e12, "GiB": 1 << 30,
	"GB": 1e9, "MiB": 1 << 20, "MB": 1e6, "KiB": 1 << 10, "kB": 1e3, "KB": 1e3, "B": 1,
}

var rateUnits = map[string]uint64{
	"tbit": 1e12, "gbit": 1e9, "mbit": 1e6, "kbit": 1e3, "bit": 1, "TiB/s": 8 << 40, "TB/s": 8e12, "GiB/s": 8 << 30,
	"GB/s": 8e9, "MiB/s": 8 << 20, "MB/s": 8e6, "KiB/s": 8 << 10, "kB/s": 8e3, "KB/s": 8e3, "B/s": 8,
}

func readByteSize(text string) (Magnitude, string) {
	decimal, unit, problem := splitNumber(text)
	if problem != "" {
		return Magnitude{}, problem
	}
	size, known := sizeUnits[unit]
	if !known {
		if unit == "" {
			return Magnitude{}, quoteScalar(text) + " has no unit"
		}
		return Magnitude{}, quoteScalar(unit) + " in " + quoteScalar(text) + " is no unit of data"
	}
	bytes, result := multiply(decimal, size)
	switch result {
	case broken:
		return Magnitude{}, quoteScalar(text) + " is no whole number of bytes"
	case overflow:
		return Magnitude{}, quoteScalar(text) + " is more than 64 bits of bytes"
	}
	return Magnitude{Kind: Size, Amount: float64(bytes)}, ""
}

func readRate(text string) (Magnitude, string) {
	decimal, unit, problem := splitNumber(text)
	if problem != "" {
		return Magnitude{}, problem
	}
	size, known := rateUnits[unit]
	if !known {
		if unit == "" {
			return Magnitude{}, quoteScalar(text) + " has no unit"
		}
		return Magnitude{}, quoteScalar(unit) + " in " + quoteScalar(text) + " is no unit of a rate"
	}
	bits, result := multiply(decimal, size)
	switch result {
	case broken:
		return Magnitude{}, quoteScalar(text) + " is no whole number of bits a second"
	case overflow:
		return Magnitude{}, quoteScalar(text) + " is more than 64 bits can count"
	}
	return Magnitude{Kind: BytesPerSecond, Amount: float64(bits) / 8}, ""
}

func readTcRate(text string) (Magnitude, string) {
	small := lower(strings.TrimFunc(text, isSpace))
	// A unit that ends like another one stands before it.
	for at, name := range []string{"tbps", "gbps", "mbps", "kbps", "bps", "tbit", "gbit", "mbit", "kbit", "bit"} {
		number, ok := strings.CutSuffix(small, name)
		if !ok {
			continue
		}
		digits := strings.TrimFunc(number, isSpace)
		if !isDigits(digits) {
			return Magnitude{}, quoteScalar(text) + " does not start with a whole number"
		}
		count, err := strconv.ParseUint(digits, 10, 64)
		if err != nil {
			return Magnitude{}, quoteScalar(text) + " has a number of more than 64 bits"
		}
		step := uint64(1024)
		if at >= 5 {
			step = 1000
		}
		size := uint64(1)
		for power := 4 - at%5; power > 0; power-- {
			size *= step
		}
		rate := float64(count) * float64(size)
		if at >= 5 {
			rate /= 8
		}
		return Magnitude{Kind: BytesPerSecond, Amount: rate}, ""
	}
	return Magnitude{}, quoteScalar(text) + " does not end with a unit of a rate"
}

func readDockerSize(text string) (Magnitude, string) {
	if number, ok := strings.CutSuffix(text, "%"); ok {
		value, fault := atoi(number)
		switch {
		case fault != fine:
			return Magnitude{}, quoteScalar(text) + " is no whole number with a percent sign"
		case value < 0 || value > 100:
			return Magnitude{}, quoteScalar(text) + " is not from 0% to 100%"
		}
		return Magnitude{Kind: Percentage, Amount: float64(value)}, ""
	}
	end := strings.LastIndexAny(text, "0123456789. ")
	if end < 0 {
		return Magnitude{}, quoteScalar(text) + " has no digit"
	}
	number, suffix := strings.TrimSuffix(text[:end+1], " "), text[end+1:]
	value, fault := parseFloat(number, 64)
	switch {
	case fault == tooBig:
		return Magnitude{}, quoteScalar(text) + " is too big"
	case fault == malformed:
		return Magnitude{}, quoteScalar(text) + " does not start with a number"
	case value < 0:
		return Magnitude{}, quoteScalar(text) + " is negative"
	}
	factor, ok := dockerFactor(suffix)
	if !ok {
		return Magnitude{}, quoteScalar(suffix) + " in " + quoteScalar(text) + " is no unit of data"
	}
	return Magnitude{Kind: Size, Amount: math.Trunc(value * factor)}, ""
}

func dockerFactor(suffix string) (float64, bool) {
	// Docker counts bytes before it makes them small.
	if len(suffix) > 3 {
		return 0, false
	}
	small := lower(suffix)
	if small == "" || small == "b" {
		return 1, true
	}
	factors := map[byte]float64{'k': 1e3, 'm': 1e6, 'g': 1e9, 't': 1e12, 'p': 1e15}
	factor, ok := factors[small[0]]
	return factor, ok && (small[1:] == "" || small[1:] == "b" || small[1:] == "ib")
}

type sizeSet struct {
	scale  float64
	suffix string
	smallK bool
}

// The sets of units in the order in which chaosd tries them. All have c, one byte.
var sizeSets = []sizeSet{{1024, "", false}, {1024, "iB", false}, {1000, "B", true}}

func (s sizeSet) unit(name string) (float64, bool) {
	if name == "c" {
		return 1, true
	}
	letter, ok := strings.CutSuffix(name, s.suffix)
	if !ok || len(letter) != 1 {
		return 0, false
	}
	power := strings.Index("KMGTPE", letter)
	if letter == "k" && s.smallK {
		power = 0
	}
	if power < 0 {
		return 0, false
	}
	size := s.scale
	for ; power > 0; power-- {
		size *= s.scale
	}
	return size, true
}

func readChaosdSize(text string) (Magnitude, string) {
	if _, fault := atoi(text); fault == fine {
		return Magnitude{}, quoteScalar(text) + " has no unit"
	}
	problem := ""
	for _, set := range sizeSets {
		bytes, found := set.read(text)
		if found == "" {
			return Magnitude{Kind: Size, Amount: float64(bytes)}, ""
		}
		problem = found
	}
	return Magnitude{}, problem
}

func (s sizeSet) read(text string) (int64, string) {
	negative, rest := splitSign(text)
	if rest == "" {
		return 0, quoteScalar(text) + " has no number"
	}
	sum := 0.0
	for rest != "" {
		whole, after := splitDigits(rest)
		fraction := ""
		if behind, ok := strings.CutPrefix(after, "."); ok {
			fraction, after = splitDigits(behind)
		}
		if whole == "" && fraction == "" {
			return 0, quoteScalar(rest) + " stands where a number should"
		}
		count, ok := leadingInt(whole)
		digits, okFraction := leadingInt(fraction)
		if !ok || !okFraction {
			return 0, "a number in " + quoteScalar(text) + " has too many digits"
		}
		scale := 1.0
		for range fraction {
			scale *= 10
		}
		value := float64(count) + float64(digits)/scale
		var unit string
		unit, rest = untilNumber(after)
		size, known := s.unit(unit)
		if !known {
			return 0, unknownSize(unit, text)
		}
		// The conversion keeps the product from being fused with the sum.
		sum += float64(value * size)
	}
	if negative {
		sum = -sum
	}
	if sum < -(1<<63) || sum > 1<<63 {
		return 0, quoteScalar(text) + " is more than 64 bits of bytes"
	}
	if sum >= 1<<63 {
		return math.MaxInt64, ""
	}
	return int64(sum), ""
}

func unknownSize(unit, text string) string {
	if unit == "" {
		return "a number in " + quoteScalar(text) + " has no unit"
	}
	for _, set := range sizeSets {
		if _, known := set.unit(unit); known {
			return quoteScalar(text) + " mixes units of different kinds"
		}
	}
	return quoteScalar(unit) + " in " + quoteScalar(text) + " is no unit of data"
}

// leadingInt counts digits as chaosd's library does: it gives up at 18 or 19 digits.
func leadingInt(digits string) (int64, bool) {
	const last = (math.MaxInt64 - 9) / 10
	var value int64
	for at := 0; at < len(digits); at++ {
		if value >= last {
			return 0, false
		}
		value = value*10 + int64(digits[at]-'0')
	}
	return value, true
}

var quantitySuffixes = map[string]struct {
	base  float64
	power int
}{
	"": {10, 0}, "n": {10, -9}, "u": {10, -6}, "m": {10, -3}, "k": {10, 3}, "M": {10, 6}, "G": {10, 9}, "T": {10, 12},
	"P": {10, 15}, "E": {10, 18}, "Ki": {2, 10}, "Mi": {2, 20}, "Gi": {2, 30}, "Ti": {2, 40}, "Pi": {2, 50}, "Ei": {2, 60},
}

func readQuantity(text string) (Magnitude, string) {
	if text == "" {
		return Magnitude{}, "the quantity is empty"
	}
	negative, unsigned := splitSign(text)
	digits, tail := splitDigits(unsigned)
	fraction := ""
	if behind, ok := strings.CutPrefix(tail, "."); ok {
		fraction, tail = splitDigits(behind)
	}
	noDigit := digits == "" && fraction == ""
	suffix, letters := quantitySuffixes[tail]
	if !letters {
		power, ok := quantityExponent(tail)
		if !ok {
			if noDigit {
				return Magnitude{}, quoteScalar(text) + " does not start with a number"
			}
			return Magnitude{}, quoteScalar(tail) + " in " + quoteScalar(text) + " is no suffix of a quantity"
		}
		suffix.base, suffix.power = 10, int(power)
	}
	// Kubernetes takes a missing number for 0 on its fast path only.
	if noDigit && (!letters && suffix.power < -9 || tail == "Pi" || tail == "Ei") {
		return Magnitude{}, quoteScalar(text) + " has no number"
	}
	sign := ""
	if negative && strings.Trim(digits+fraction, "0") != "" {
		sign = "-"
	}
	number := func(power int) float64 {
		// What is out of range is infinite.
		value, _ := strconv.ParseFloat(sign+"0"+digits+"."+fraction+"0e"+strconv.Itoa(power), 64)
		return value
	}
	if suffix.base == 2 {
		// Kubernetes caps these at 64 bits.
		value := number(0) * math.Pow(2, float64(suffix.power))
		value = math.Max(-math.MaxInt64, math.Min(math.MaxInt64, value))
		return Magnitude{Kind: Number, Amount: value}, ""
	}
	return Magnitude{Kind: Number, Amount: number(suffix.power)}, ""
}

func quantityExponent(text string) (int32, bool) {
	if !hasPrefix(text, "e") && !hasPrefix(text, "E") {
		return 0, false
	}
	exponent, fault := atoi(text[1:])
	return int32(exponent), fault == fine
}

func readStatusCode(text string) (Magnitude, string) {
	status := func(number int64) string {
		if number < 1 || number > 999 {
			return "a status in " + quoteScalar(text) + " is not from 1 to 999"
		}
		return ""
	}
	if number, fault := atoi(text); fault == fine {
		return Magnitude{Kind: Number, Amount: float64(number)}, status(number)
	}
	from, to, found := strings.Cut(text, "-")
	if !found {
		return Magnitude{}, quoteScalar(text) + " is no number and no range"
	}
	for _, part := range []string{from, to} {
		number, fault := atoi(part)
		problem := status(number)
		switch {
		case fault != fine && part == "":
			problem = quoteScalar(text) + " lacks an end of the range"
		case fault != fine:
			problem = quoteScalar(part) + " in " + quoteScalar(text) + " is no number"
		}
		if problem != "" {
			return Magnitude{}, problem
		}
	}
	return Magnitude{}, ""
}
