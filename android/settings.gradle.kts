// For Android Studio: open this folder. NOT RUN where there is no Android SDK; there Maven compiles and tests the same sources.

pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "phonein-android"

// The Kotlin package of the core: io.phonein:phonein-core comes from there.
includeBuild("../bindings/kotlin/android")
include(":ui", ":app")
