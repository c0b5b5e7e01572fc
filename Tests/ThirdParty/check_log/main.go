// Check_log checks a published log with the Go checksum database's own packages.
//
// Usage: check_log SITE VKEY [OLDER_CHECKPOINT…]
//
// SITE is a static tlog-tiles tree (checkpoint, tile/…, tile/entries/…). The note is opened with
// sumdb/note; the checkpoint's lines and the tiles' paths are read here by hand; hashes and proofs
// are sumdb/tlog's. Build without modules, as Debian packages them:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o check_log Tests/ThirdParty/check_log
package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var passed, failed int

func check(holds bool, format string, arguments ...any) bool {
	if holds {
		passed++
	} else {
		failed++
		fmt.Fprintf(os.Stderr, "FAILED: "+format+"\n", arguments...)
	}
	return holds
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: check_log SITE VKEY [OLDER_CHECKPOINT…]")
		os.Exit(64)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		check(false, "%v", err)
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}

func run(site, vkey string, older []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(site, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(data, verifier)
	if err != nil {
		return err
	}
	check(true, "")
	checkAlteredNotes(data, verifier)

	entries, err := readEntries(site, tree.N)
	if err != nil {
		return err
	}
	levels := computeLevels(entries)
	if err := checkFiles(site, tree.N, levels, entries); err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, &files{site: site})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	check(root == tree.Hash, "the tiles have the root %v and the checkpoint %v", root, tree.Hash)
	for index, entry := range entries {
		checkInclusion(tree, int64(index), entry, reader)
	}
	for _, path := range older {
		if err := checkConsistency(path, verifier, tree, reader); err != nil {
			return err
		}
	}
	return nil
}

// openCheckpoint checks the signature of a note and reads its three lines.
func openCheckpoint(data []byte, verifier note.Verifier) (tree tlog.Tree, err error) {
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tree, errors.New("the checkpoint does not have exactly three lines")
	}
	if lines[0] != verifier.Name() {
		return tree, fmt.Errorf("the checkpoint is of the log %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tree, fmt.Errorf("the checkpoint's size is %q", lines[1])
	}
	hash, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(hash) != tlog.HashSize {
		return tree, fmt.Errorf("the checkpoint's root is %q", lines[2])
	}
	tree.N = size
	copy(tree.Hash[:], hash)
	return tree, nil
}

// checkAlteredNotes flips each bit of the note's text; none of the results may open.
func checkAlteredNotes(data []byte, verifier note.Verifier) {
	end := bytes.LastIndex(data, []byte("\n\n"))
	for index := 0; index < end; index++ {
		altered := append([]byte(nil), data...)
		altered[index] ^= 1 << (index % 8)
		_, err := note.Open(altered, note.VerifierList(verifier))
		check(err != nil, "the note still opens with byte %d altered", index)
	}
}

const width = 256

// tilePath is the path of a tile: three digits at a time, every group but the last after an x.
func tilePath(level string, index, tileWidth int64) string {
	path := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		path = fmt.Sprintf("x%03d/%s", index%1000, path)
	}
	path = "tile/" + level + "/" + path
	if tileWidth < width {
		path += fmt.Sprintf(".p/%d", tileWidth)
	}
	return path
}

// readEntries reads all entries from their bundles: u16 length, then the bytes.
func readEntries(site string, size int64) ([][]byte, error) {
	var entries [][]byte
	for start := int64(0); start < size; start += width {
		count := min(width, size-start)
		path := tilePath("entries", start/width, count)
		data, err := os.ReadFile(filepath.Join(site, path))
		if err != nil {
			return nil, err
		}
		for ; count > 0; count-- {
			if len(data) < 2 {
				return nil, fmt.Errorf("%s ends too early", path)
			}
			length := int(data[0])<<8 | int(data[1])
			if len(data) < 2+length {
				return nil, fmt.Errorf("%s ends too early", path)
			}
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
		if !check(len(data) == 0, "%d bytes follow the entries of %s", len(data), path) {
			return nil, errors.New("the entries cannot be read")
		}
	}
	return entries, nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// computeLevels gives the hashes of each tile level: level L+1 has one for each full tile of level L.
func computeLevels(entries [][]byte) [][]tlog.Hash {
	var level []tlog.Hash
	for _, entry := range entries {
		level = append(level, tlog.RecordHash(entry))
	}
	var levels [][]tlog.Hash
	for len(level) > 0 {
		levels = append(levels, level)
		var above []tlog.Hash
		for start := 0; start+width <= len(level); start += width {
			hashes := append([]tlog.Hash(nil), level[start:start+width]...)
			for len(hashes) > 1 {
				for i := 0; i < len(hashes)/2; i++ {
					hashes[i] = tlog.NodeHash(hashes[2*i], hashes[2*i+1])
				}
				hashes = hashes[:len(hashes)/2]
			}
			above = append(above, hashes[0])
		}
		level = above
	}
	return levels
}

// checkFiles compares every file of the site with what it has to hold, and finds all that must be there.
func checkFiles(site string, size int64, levels [][]tlog.Hash, entries [][]byte) error {
	needed := map[string]bool{}
	expected := map[string][]byte{}
	// Besides the widest partial tile, those of earlier checkpoints may lie there.
	add := func(level string, index, count int64, cut func(int64) []byte) {
		needed[tilePath(level, index, count)] = true
		for w := int64(1); w <= count; w++ {
			expected[tilePath(level, index, w)] = cut(w)
		}
	}
	for number, hashes := range levels {
		for start := int64(0); start < int64(len(hashes)); start += width {
			tile := hashes[start:min(start+width, int64(len(hashes)))]
			var data []byte
			for _, hash := range tile {
				data = append(data, hash[:]...)
			}
			add(strconv.Itoa(number), start/width, int64(len(tile)), func(w int64) []byte {
				return data[:w*tlog.HashSize]
			})
		}
	}
	for start := int64(0); start < size; start += width {
		bundle := entries[start:min(start+width, size)]
		var data []byte
		ends := []int{0}
		for _, entry := range bundle {
			data = append(data, byte(len(entry)>>8), byte(len(entry)))
			data = append(data, entry...)
			ends = append(ends, len(data))
		}
		add("entries", start/width, int64(len(bundle)), func(w int64) []byte { return data[:ends[w]] })
	}
	err := filepath.WalkDir(filepath.Join(site, "tile"), func(path string, file fs.DirEntry, err error) error {
		if err != nil || file.IsDir() {
			return err
		}
		name, err := filepath.Rel(site, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		want, isKnown := expected[name]
		check(isKnown && bytes.Equal(data, want), "%s is not a tile of this log", name)
		delete(needed, name)
		return nil
	})
	for name := range needed {
		check(false, "%s is missing", name)
	}
	return err
}

// files reads tiles from the site, by paths made here.
type files struct{ site string }

func (f *files) Height() int { return 8 }

func (f *files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := tilePath(strconv.Itoa(tile.L), tile.N, int64(tile.W))
		data, err := os.ReadFile(filepath.Join(f.site, path))
		if errors.Is(err, fs.ErrNotExist) {
			// A partial tile may go once the full one is there.
			data, err = os.ReadFile(filepath.Join(f.site, tilePath(strconv.Itoa(tile.L), tile.N, width)))
			if err == nil && len(data) >= tile.W*tlog.HashSize {
				data = data[:tile.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f *files) SaveTiles([]tlog.Tile, [][]byte) {}

func checkInclusion(tree tlog.Tree, index int64, entry []byte, reader tlog.HashReader) {
	proof, err := tlog.ProveRecord(tree.N, index, reader)
	if !check(err == nil, "entry %d has no proof: %v", index, err) {
		return
	}
	leaf := tlog.RecordHash(entry)
	err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
	check(err == nil, "entry %d is not in the tree: %v", index, err)
	leaf[index%tlog.HashSize] ^= 1
	err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
	check(err != nil, "entry %d is in the tree though it was altered", index)
}

// checkConsistency checks that the log has only grown since an older checkpoint.
func checkConsistency(path string, verifier note.Verifier, tree tlog.Tree, reader tlog.HashReader) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	old, err := openCheckpoint(data, verifier)
	if err != nil {
		return err
	}
	if !check(old.N <= tree.N, "%s is of a larger log", path) || old.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	err = tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
	check(err == nil, "the log is not a continuation of %s: %v", path, err)
	old.Hash[0] ^= 1
	err = tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
	check(err != nil, "the log continues another tree than that of %s too", path)
	return nil
}
